// In which order the services of one tier stand: callers before what they call, then under the
// ones that call them, so that arrows cross little.
import type { Arrow, Service } from '@/lib/catalog';

interface Placed {
  service: Service;
  x: number;
  width: number;
}

/** The members of a tier from left to right, given what already stands above. */
export function columns(
  members: readonly Service[],
  arrows: readonly Arrow[],
  above: readonly Placed[],
): Service[] {
  const inside = arrows.filter(
    (arrow) => holds(members, arrow.source) && holds(members, arrow.target),
  );
  return members
    .map((service, index) => ({
      service,
      index,
      depth: depthOf(service.name, inside),
      pull: pullOf(service.name, arrows, above),
    }))
    .sort(
      (one, other) => one.depth - other.depth || one.pull - other.pull || one.index - other.index,
    )
    .map((entry) => entry.service);
}

const holds = (members: readonly Service[], name: string): boolean =>
  members.some((service) => service.name === name);

/** How many calls lead to a service inside its tier; a circle ends at its first repetition. */
function depthOf(name: string, arrows: readonly Arrow[], path: readonly string[] = []): number {
  if (path.includes(name)) return 0;
  const callers = arrows.filter((arrow) => arrow.target === name);
  const depths = callers.map((arrow) => 1 + depthOf(arrow.source, arrows, [...path, name]));
  return Math.max(0, ...depths);
}

/** The middle of the callers above; what nobody above calls keeps to the right. */
function pullOf(name: string, arrows: readonly Arrow[], above: readonly Placed[]): number {
  const middles = above
    .filter((placed) =>
      arrows.some((arrow) => arrow.source === placed.service.name && arrow.target === name),
    )
    .map((placed) => placed.x + placed.width / 2);
  if (middles.length === 0) return Number.MAX_SAFE_INTEGER;
  return middles.reduce((sum, middle) => sum + middle, 0) / middles.length;
}

// A browser's own description in two words that people know.
import { t } from './words';

const browsers: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^(python|aiohttp|httpx)/i, 'Python'],
];

const systems: readonly [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

const find = (table: readonly [RegExp, string][], agent: string): string | undefined =>
  table.find(([pattern]) => pattern.test(agent))?.[1];

/** The browser and the system, like `Firefox on Linux`; the first word where neither is known. */
export function agentLabel(agent: string | null | undefined): string {
  if (agent == null || agent === '') return t('unknown');
  const browser = find(browsers, agent);
  const system = find(systems, agent);
  if (browser === undefined) return agent.split(/[\s/]/)[0] ?? agent;
  return system === undefined ? browser : t('agent', { browser, system });
}

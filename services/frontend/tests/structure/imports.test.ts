// No circle of imports, and every module of logic has its test.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => join(root, file));

/** The files that a file's text imports for more than their types. */
function importsOf(file: string, text: string): string[] {
  const found = text.matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)'/gm);
  return [...found]
    .map(([, name = '']) => name)
    .filter((name) => name.startsWith('@/') || name.startsWith('.'))
    .map((name) => (name.startsWith('@/') ? join(root, name.slice(2)) : join(dirname(file), name)))
    .flatMap((path) => [`${path}.ts`, `${path}.tsx`].filter((each) => existsSync(each)));
}

/** The first circle in a graph, as the files on it. */
function circle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const found = walk(next, [...path, file]);
      if (found !== null) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const found = walk(file, []);
    if (found !== null) return found;
  }
  return null;
}

it('imports make no circle', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file, readFileSync(file, 'utf8'))]));
  expect([...graph.values()].flat().length).toBeGreaterThan(100);
  expect(circle(graph)?.map((file) => relative(root, file)) ?? null).toBeNull();
});

it('a circle would be found', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a']],
  ]);
  expect(circle(graph)).toEqual(['a', 'b', 'c', 'a']);
});

it('logic that needs no browser has a test of its name', () => {
  const logic = files
    .map((file) => relative(root, file))
    .filter((file) => /^(lib|features\/[^/]+)\/[^/]+\.ts$/.test(file))
    // The words of a feature are a catalogue, not logic; what reads them has its test in lib.
    .filter((file) => !/^features\/[^/]+\/words\.ts$/.test(file));
  const untested = logic.filter(
    (file) => !existsSync(join(root, '../tests/unit', file.replace(/\.ts$/, '.test.ts'))),
  );
  expect(untested.sort()).toEqual(['features/users/roles.ts', 'lib/catalog.ts', 'lib/client.ts']);
});

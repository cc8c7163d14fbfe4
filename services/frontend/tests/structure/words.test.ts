// What people read stands in catalogues that can be replaced, and the linter refuses the rest.
import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const rule = 'no-restricted-syntax';

/** Lint with the rule about words alone, and without types: it needs none, and they take long. */
const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId === rule,
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});

async function refusals(shown: string): Promise<number> {
  const text = `export const Shown = ({ on, name }) => ${shown};\n`;
  const [result] = await eslint.lintText(text, { filePath: join(root, 'src/app/shown.tsx') });
  expect(result?.fatalErrorCount).toBe(0);
  return result!.messages.filter(({ ruleId }) => ruleId === rule).length;
}

// The first text loads the linter with its plugins.
beforeAll(() => refusals('<p />'), 120_000);

it.each([
  '<p>Delete it</p>',
  '<>Größe</>',
  '<p>{on && "ready"}</p>',
  '<p>{`${name} replicas`}</p>',
  '<Section title="Replicas" />',
  '<Page summary={on ? "ready" : name} />',
  '<i aria-label={`Close ${name}`} />',
  '<input placeholder="Search" />',
  '<Field slotProps={{ htmlInput: { "aria-label": "Search" } }} />',
])('refuses %s', async (shown) => {
  expect(await refusals(shown)).toBe(1);
});

it.each([
  '<p>{t("delete")} · {on && name}</p>',
  '<p>{name} {on ? t("ready") : "–"}</p>',
  '<Section title={t("replicas", { name })} about={on && `${name} · ${name}`} />',
  '<input placeholder="https://" type="search" />',
  '<span>Groundplan</span>',
  '<code>./run up</code>',
])('lets %s pass', async (shown) => {
  expect(await refusals(shown)).toBe(0);
});

it('no two catalogues have one name, so that each can be replaced alone', () => {
  const src = join(root, 'src');
  const names = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => [...readFileSync(join(src, file), 'utf8').matchAll(/wordsOf\('([^']+)'/g)])
    .map(([, name]) => name);
  expect(names.length).toBeGreaterThan(15);
  expect(names.sort()).toEqual([...new Set(names)].sort());
});

// What the console's code must keep: types, directions between folders, access for everyone, size.
import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

// app -> features -> shared, and no feature knows another. Inside a feature imports are relative;
// circles are looked for by tests/structure/imports.test.ts.
const refuse = (files, group, message) => ({
  files: files.map((folder) => `src/${folder}/**`),
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

const directions = [
  refuse(
    ['features'],
    ['@/app/*', '@/features/*', '../../../*', '**/../features/*'],
    'A feature knows itself and what is shared; app puts features together.',
  ),
  refuse(
    ['components', 'hooks'],
    ['@/app/*', '@/features/*', '../*'],
    'What is shared knows neither app nor features.',
  ),
  refuse(
    ['lib', 'config', 'theme'],
    ['@/app/*', '@/features/*', '@/hooks/*', '../*'],
    'lib, config and theme are the ground.',
  ),
];

export default ts.config(
  { ignores: ['dist', 'src/lib/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      ...ts.configs.strictTypeChecked,
      ...ts.configs.stylisticTypeChecked,
      a11y.flatConfigs.strict,
      hooks.configs.flat.recommended,
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 100, skipBlankLines: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Values read back from a map that was just filled are known to be there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The first field of a form that a person opened takes the focus, as they expect.
      'jsx-a11y/no-autofocus': 'off',
    },
  },
  ...directions,
  { files: ['*.js', 'public/*.js'], languageOptions: { globals: globals.browser } },
);

// What the console's code must keep: types, directions between folders, access for everyone, words in
// catalogues, size.
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

// What people read comes from a catalogue of words (src/lib/words.ts). Exempt are the product's own
// name, what stands in <code> and <kbd> to be typed as it is, and the beginning of an address.
const letters = '/\\p{L}/u';
const readAttributes =
  '/^(title|label|aria-label|placeholder|summary|helperText|alt|about|hint|confirm|submit|empty|unreadable|more|any|first|none)$/';
const choices = ['', ' > ConditionalExpression', ' > LogicalExpression'];
const values = [
  `Literal[value=${letters}]:not([value=/^(aria-label|https:..)$/])`,
  `TemplateLiteral > TemplateElement[value.raw=${letters}]`,
];
const expressions = [
  `JSXAttribute[name.name=${readAttributes}] > JSXExpressionContainer`,
  ':matches(JSXElement, JSXFragment) > JSXExpressionContainer',
  'Property[key.value="aria-label"]',
];
const writtenOut = [
  `:matches(JSXFragment, JSXElement:not([openingElement.name.name=/^(code|kbd)$/])) > JSXText[value=${letters}]:not([value=/^\\s*Groundplan\\s*$/])`,
  `JSXAttribute[name.name=${readAttributes}] > ${values[0]}`,
  ...expressions.flatMap((from) =>
    choices.flatMap((choice) => values.map((value) => `${from}${choice} > ${value}`)),
  ),
];

const words = {
  files: ['src/**/*.{ts,tsx}'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...writtenOut.map((selector) => ({
        selector,
        message: 'What people read comes from a catalogue: t() of the words beside it.',
      })),
    ],
  },
};

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
  words,
  { files: ['*.js', 'public/*.js'], languageOptions: { globals: globals.browser } },
);

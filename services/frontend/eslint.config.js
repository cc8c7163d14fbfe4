// What the console's code must keep: types, directions between folders, access for everyone, size.
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import ts from 'typescript-eslint';

const features = readdirSync(new URL('./src/features', import.meta.url));
const shared = ['components', 'hooks', 'lib', 'config', 'theme'];

// app -> features -> shared, and no feature knows another.
const directions = [
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
    message: 'A feature never imports another; app puts them together.',
  })),
  {
    target: './src/features',
    from: './src/app',
    message: 'app imports features, not the other way round.',
  },
  ...shared.map((folder) => ({
    target: `./src/${folder}`,
    from: ['./src/app', './src/features'],
    message: 'What is shared knows neither app nor features.',
  })),
  { target: './src/lib', from: ['./src/components', './src/hooks'], message: 'lib is the ground.' },
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
    plugins: { 'import-x': importX },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 100, skipBlankLines: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-unresolved': 'error',
      'import-x/no-restricted-paths': ['error', { zones: directions }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Values read back from a map that was just filled are known to be there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The first field of a form that a person opened takes the focus, as they expect.
      'jsx-a11y/no-autofocus': 'off',
    },
  },
  { files: ['*.js', 'public/*.js'], languageOptions: { globals: globals.browser } },
);

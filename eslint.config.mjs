// @ts-check
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What code in `src/<folder>` may not import: the rings of the architecture point inward. */
const boundaries = {
  base: ['**/domain/**', '**/zk/**', '**/sandbox/**', '**/protocol/**', '**/ui/**'],
  domain: ['**/zk/**', '**/sandbox/**', '**/protocol/**', '**/ui/**'],
  zk: ['**/sandbox/**', '**/protocol/**', '**/ui/**'],
  sandbox: [
    // Of the client only its codec, and the numbers of errors.
    ...['**/zk/*', '!**/zk/errors', '!**/zk/engine', '**/zk/!(engine)/**', '**/zk/engine/*'],
    ...['frames', 'juteReader', 'juteWriter', 'protocol', 'records'].map(
      (codec) => `!**/zk/engine/${codec}`,
    ),
    ...['**/protocol/**', '**/ui/**', '**/cli/**'],
  ],
  cli: ['**/protocol/**', '**/ui/**'],
  ui: [],
};
const never = ['**/extension'];

export default tseslint.config(
  { ignores: ['dist/', '.vscode-test/', 'test/output/', 'test/fixtures/', '*.d.mts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/dot-notation': 'off',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file itself.' },
      ],
    },
  },
  ...Object.entries(boundaries).map(([folder, patterns]) => ({
    name: `imports of src/${folder}`,
    files: [`src/${folder}/**/*.ts`],
    rules: /** @type {import('eslint').Linter.RulesRecord} */ ({
      'no-restricted-imports': /** @type {[string, object]} */ ([
        'error',
        {
          paths: [
            ...(folder === 'ui' ? [] : [{ name: 'vscode', message: 'Only src/ui knows VS Code.' }]),
            ...(folder === 'zk'
              ? []
              : [{ name: 'node-zookeeper-client', message: 'Only src/zk talks to ZooKeeper.' }]),
          ],
          patterns: [
            { group: [...patterns, ...never], message: 'Imports point inward (architecture).' },
            ...(folder === 'domain' || folder === 'base'
              ? [{ group: ['node:*'], message: 'This layer is pure.' }]
              : []),
          ],
        },
      ]),
    }),
  })),
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-restricted-syntax': 'off',
      'no-undef': 'off', // tsc checks these files
    },
  },
  prettier,
);

import tseslint from 'typescript-eslint';

/** A clock read inside a rule gives another answer tomorrow, so libs take the time as an argument. */
const noClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time as an argument: no clock in libs.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take the time as an argument: no clock in libs.',
  },
  {
    selector: "MemberExpression[object.property.name='Now'][object.object.name='Temporal']",
    message: 'Take the time as an argument: no clock in libs.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'var/**',
      'libs/database/src/generated/**',
      'apps/api/test/house/offences/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['libs/database/**', 'libs/testing/**', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noClock] },
  },
  {
    files: ['bin/**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);

/** In force where the project root has no ignore file of its own (semantics 10 §4). */
export const defaultIgnorePatterns = [
  // Dependencies and build products
  'node_modules/',
  'build/',
  'dist/',
  'vendor/',
  '.env/',
  '.venv/',
  '.tox/',
  '*.min.js',
  '.npm/',
  '.yarn/',
  // Tests
  'test/',
  'tests/',
  'testsuite/',
  '*_test.go',
  // Version control
  '.git',
  '.svn',
  '.hg',
  '_darcs',
  'CVS',
  // OCaml
  '_opam/',
  '_build/',
  '_cargo/',
] as const;

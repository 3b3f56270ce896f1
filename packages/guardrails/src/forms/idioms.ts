import { pythonIdioms } from './python-idioms.ts';

/** How one language says what the short forms speak of. Everything else about them is the same for all languages. */
export interface Idioms {
  /** Patterns for a name wherever it stands: called, handed on, kept, asked for by its text. */
  uses(dottedName: string): string[];
  /**
   * The statement that imports just this name from its module, and the one that imports a namesake from a module below
   * it, which the first matches too; null for a name of the language itself.
   */
  importedAlone(dottedName: string): { statement: string; namesake: string } | null;
  /** Patterns for the ways to get hold of a module or of what is in it. */
  imports(module: string): string[];
  /** The name that a declaration's pattern declares, `$F` of `def $F(...): ...`; null for other patterns. */
  declaredName(pattern: string): string | null;
  isFunction(pattern: string): boolean;
  /** The declaration with a decorator above all that it has, or directly at the function; as called and uncalled. */
  decorated(declaration: string, decorator: string, at: 'top' | 'bottom'): string[];
  /** The declaration with a statement or an expression in its body; null where its body is not left open. */
  containing(declaration: string, code: string): string | null;
  /** A function directly inside of which the declaration stands. */
  enclosingFunction(declaration: string): string;
  /** The class `name` with a base class. */
  derivedClass(name: string, base: string): string;
  /** A class with the base class, and later the class `name` derived from that. */
  derivedTwice(name: string, base: string): string;
  /** The declaration, and later a call that it is handed to. */
  handedTo(declaration: string, name: string, wrapper: string): string;
  /** The statement somewhere before, or after, the declaration. */
  beside(declaration: string, statement: string): string[];
  /** A call `f(...)` with a value for its parameter, by keyword and by position. */
  withArgument(call: string, parameter: { name: string | null; position: number | null }, value: string): string[];
  /** The call with arguments of which one cannot see which they are. */
  withUnknownArguments(call: string): string[];
  /** Patterns of literals other than numbers. */
  literals: readonly string[];
  /** What the text of a number looks like. */
  number: string;
  /** Patterns of all functions and all classes; `$NAME` is the name. */
  outline: readonly string[];
  /** Code that a pattern is likely to match: metavariables become names, ellipses go. */
  example(pattern: string): string;
  /** The statement that an example needs before it uses a dotted name; null for a name of the language itself. */
  importOf(dottedName: string): string | null;
  /** What makes the rest of a line a comment, and what files are called, for examples. */
  comment: string;
  extension: string;
  /** The dotted name under which a file is imported. */
  moduleOf(path: string): string;
}

const IDIOMS: ReadonlyMap<string, Idioms> = new Map([['python', pythonIdioms]]);

/** null where there are no short forms for a language. */
export function idiomsOf(language: string): Idioms | null {
  return IDIOMS.get(language) ?? null;
}

/** Names of the languages that have short forms. */
export const FORM_LANGUAGES: readonly string[] = [...IDIOMS.keys()];

import type { Language, Lowering } from '../languages/language.ts';
import type { SyntaxParser } from '../syntax/parser.ts';
import { forEachChild } from '../tree/fields.ts';
import { Kind, type Node } from '../tree/nodes.ts';
import { malformedMetavariable } from './malformed-metavariable.ts';

/** A language with its grammar loaded. */
export interface LoadedLanguage {
  language: Language;
  parser: SyntaxParser;
  lowering: Lowering;
}

/** What a pattern's text says: an expression, one statement, a sequence of them, or a decorator (semantics 02 §4). */
export type ParsedPattern =
  | { kind: 'expression'; root: Node }
  | { kind: 'statement'; root: Node }
  | { kind: 'sequence'; statements: readonly Node[] }
  | { kind: 'decorator'; root: Node };

/** Parses a pattern with the language's own grammar; a string says why it cannot be parsed. */
export function parsePattern(text: string, loaded: LoadedLanguage): ParsedPattern | string {
  if (text.trim() === '') return 'the pattern is empty';
  for (const candidate of loaded.language.patternCandidates(text)) {
    const concrete = loaded.parser.parse(candidate.text);
    if (concrete.hasError) continue;
    const tree = loaded.lowering.lower(concrete, candidate.text, /* pattern */ true);
    if (tree.errors.length > 0) continue;
    const parsed = unwrap(tree.root.statements, candidate.unwrap);
    if (parsed === null) continue;
    const problem = invalidPart(parsed);
    if (problem !== null) return problem;
    return parsed;
  }
  const malformed = malformedMetavariable(text);
  return malformed ?? `it is not a valid ${loaded.language.name} expression, statement or sequence of statements`;
}

function unwrap(statements: readonly Node[], how: 'statements' | 'decorator'): ParsedPattern | null {
  const [first] = statements;
  if (first === undefined) return null;
  if (how === 'decorator') {
    const decorator = first.kind === Kind.Function ? first.decorators[0] : undefined;
    return decorator === undefined ? null : { kind: 'decorator', root: decorator };
  }
  if (statements.length > 1) return { kind: 'sequence', statements };
  if (first.kind === Kind.ExpressionStatement) return { kind: 'expression', root: first.expression };
  return { kind: 'statement', root: first };
}

/** Positions in which the reference refuses `...` although the substituted text parses (semantics 02 §2). */
function invalidPart(parsed: ParsedPattern): string | null {
  const roots = parsed.kind === 'sequence' ? parsed.statements : [parsed.root];
  for (const root of roots) {
    const problem = findInvalid(root);
    if (problem !== null) return problem;
  }
  return null;
}

function findInvalid(node: Node): string | null {
  if (node.kind === Kind.Lambda && node.parameters.some((parameter) => parameter.kind === Kind.Ellipsis)) {
    return 'a lambda takes no `...` as a parameter; write `lambda $...A: $E`';
  }
  if (node.kind === Kind.ImportFrom && node.names.length === 1 && isEllipsisName(node.names[0] as Node)) {
    return '`from x import ...` is not a pattern; write `from x import $X`';
  }
  if (node.kind === Kind.ModulePath && node.parts.some((part) => part.kind === Kind.Ellipsis)) {
    return '`import ...` is not a pattern; write `import $X`';
  }
  let problem: string | null = null;
  forEachChild(node, (child) => {
    problem ??= findInvalid(child);
  });
  return problem;
}

function isEllipsisName(node: Node): boolean {
  return node.kind === Kind.Ellipsis || (node.kind === Kind.ImportName && node.name.kind === Kind.Ellipsis);
}

/**
 * What a function is given and the analysis of the function knows nothing of: a parameter, a variable of a scope
 * outside, or a part of one.
 */
export interface Input {
  key: string;
  path: readonly string[];
  /** What leads on from there, of a part that is too deep for its path to be told; null of any other. */
  beyond: Beyond | null;
}

/** A way through parts of these names, in whatever order and as often as may be, that ends at `last`. */
export interface Beyond {
  /** In order, `last` among them. Null where there are too many: any part may be meant. */
  names: readonly string[] | null;
  last: string;
}

/** The name of any element, of which it is not known which it is. */
export const ELEMENT = '[*]';

/** Parts of parts of inputs are told apart to this depth: of deeper ones it is only known which names lead to them. */
const MAX_PATH = 3;

/** So many names; where functions call themselves for the parts of a tree, there would be more and more inputs. */
const MAX_NAMES = 6;

/** The same for two inputs that are the same. */
export function inputName({ key, path, beyond }: Input): string {
  const known = key + path.join('');
  return beyond === null ? known : `${known}{${beyond.names?.join() ?? ''}}${beyond.last}`;
}

/** Whether it is no part of anything. */
export function isWhole({ path, beyond }: Input): boolean {
  return path.length === 0 && beyond === null;
}

/**
 * A part of an input is an input of its own. What leads to the same again most likely does so once more: it counts as deep
 * at once, so that functions which call themselves for parts are known in fewer rounds.
 */
export function partOfInput(input: Input, name: string): Input {
  const { key, path, beyond } = input;
  const isTold = beyond === null && path.length < MAX_PATH && !path.includes(name);
  return isTold ? { key, path: [...path, name], beyond: null } : beyondInput(input, { names: [name], last: name });
}

/** All that such a way leads to from an input. */
export function beyondInput({ key, path, beyond: before }: Input, { names, last }: Beyond): Input {
  if (names === null || before?.names === null) return { key, path, beyond: { names: null, last: '' } };
  const all = [...new Set([...(before?.names ?? []), ...names].map(withoutPosition))].sort();
  const beyond = all.length > MAX_NAMES ? { names: null, last: '' } : { names: all, last: withoutPosition(last) };
  return { key, path, beyond };
}

/** Positions, unlike keys, are not told apart so deep: pairs of pairs would take more rounds than functions are given. */
function withoutPosition(name: string): string {
  return /^\[-?\d/.test(name) ? ELEMENT : name;
}

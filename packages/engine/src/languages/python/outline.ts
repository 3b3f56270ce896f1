import type { Outline } from '../flow-language.ts';

const FUNCTION = /\bdef\s+([^\s([:]+)/g;

/** The parameters of a generic class are in brackets; what a class is derived from may hold calls. */
const CLASS = /\bclass\s+([^\s([:]+)\s*(?:\[[^[\]]*\]\s*)?\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;

/** What stands before a keyword, an argument or type parameters: `abc.Base[T]`. */
const BASE = /^\s*(?:[^\s.,()[\]=]+\s*\.\s*)*([^\s.,()[\]=]+)\s*(?![^=]*=)/;

const COMMENT = /#.*/g;

/**
 * The functions and classes that a text seems to declare, without parsing it: those in strings and comments count too.
 */
export function outlineOf(text: string): Outline {
  const functions = Array.from(text.matchAll(FUNCTION), ([, name]) => name ?? '');
  const classes = Array.from(text.matchAll(CLASS), ([, name, list]) => ({
    name: name ?? '',
    bases: (list ?? '')
      .replace(COMMENT, '')
      .split(',')
      .flatMap((one) => BASE.exec(one)?.[1] ?? []),
  }));
  return { functions, classes };
}

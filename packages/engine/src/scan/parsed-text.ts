import { createConstants } from '../names/constants.ts';
import type { FileFacts } from '../names/file-facts.ts';
import { Mentions } from '../names/mentions.ts';
import { resolveNames } from '../names/resolve-names.ts';
import { createTypes } from '../names/types.ts';
import type { LoadedLanguage } from '../patterns/parse-pattern.ts';
import type { Tree } from '../tree/nodes.ts';

/** A text parsed and lowered, names resolved, ready for matching. */
export interface ParsedText {
  tree: Tree;
  facts: FileFacts;
}

/** Parses code. Where the parser skipped something, `tree.errors` says so and the rest is matched. */
export function parseText(text: string, loaded: LoadedLanguage): ParsedText {
  const tree = loaded.lowering.lower(loaded.parser.parse(text), text, /* pattern */ false);
  const { wildcards, aliases } = resolveNames(tree);
  const mentions = new Mentions(text, aliases, wildcards);
  return { tree, facts: { text, wildcards, mentions, constants: createConstants(tree), types: createTypes(tree) } };
}

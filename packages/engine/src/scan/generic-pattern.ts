import type { RangeMatch } from '../match/bindings.ts';
import type { MatchTarget } from '../match/target.ts';
import type { RuleOptions } from '../rules/rule.ts';
import { blankComments } from '../text/blank-comments.ts';
import type { LiteralRequirement } from '../text/literal-requirement.ts';
import {
  matchSpacegrep,
  parseSpacegrepDocument,
  parseSpacegrepPattern,
  type SpacegrepDocument,
  spacegrepRequirement,
} from '../text/spacegrep.ts';

/** A pattern of generic mode with the options of its rule (semantics 06 §2 and §3). */
export interface GenericPattern {
  requirement: LiteralRequirement | null;
  /** Spacegrep passes over binary and minified files. */
  skipsUnreadable: boolean;
  match(target: MatchTarget, documents: GenericDocuments): RangeMatch[];
}

/** Documents parsed for generic mode, by what they are parsed from: one file is matched with many patterns. */
export class GenericDocuments {
  private readonly parsed = new Map<string, SpacegrepDocument>();

  document(text: string, style: RuleOptions['genericCommentStyle']): SpacegrepDocument {
    const key = `${style ?? ''}\0${text}`;
    let document = this.parsed.get(key);
    if (document === undefined) {
      document = parseSpacegrepDocument(style === null ? text : blankComments(text, style));
      this.parsed.set(key, document);
    }
    return document;
  }
}

/** Tells apart patterns of one text under different options. */
export function genericKey(options: RuleOptions, nested: boolean): string {
  const { genericEngine, genericEllipsisMaxSpan, genericCommentStyle } = options;
  return JSON.stringify([nested ? 'spacegrep' : genericEngine, genericEllipsisMaxSpan, genericCommentStyle]);
}

/** Compiles a pattern; a string says why it cannot be used. Nested generic patterns are always spacegrep. */
export function compileGeneric(text: string, options: RuleOptions, nested: boolean): GenericPattern | string {
  if (options.genericEngine === 'aliengrep' && !nested) return 'aliengrep is not supported yet';
  const pattern = parseSpacegrepPattern(text);
  if (pattern.kind !== 'spacegrep') return pattern.message;
  const { genericEllipsisMaxSpan, genericCommentStyle } = options;
  return {
    requirement: spacegrepRequirement(pattern),
    skipsUnreadable: !nested,
    match(target, documents) {
      const isWhole = target.start === 0 && target.end === target.text.length;
      const visible = isWhole ? target.text : target.text.slice(target.start, target.end);
      const document = documents.document(visible, nested ? null : genericCommentStyle);
      const matches = matchSpacegrep(pattern, document, { maxSpan: genericEllipsisMaxSpan });
      return isWhole ? matches : matches.map((match) => shift(match, target.start));
    },
  };
}

function shift(match: RangeMatch, by: number): RangeMatch {
  const bindings = new Map(
    [...match.bindings].map(([name, binding]) => {
      const placed = binding.start < 0 ? binding : { ...binding, start: binding.start + by, end: binding.end + by };
      return [name, placed];
    }),
  );
  return { ...match, start: match.start + by, end: match.end + by, bindings };
}

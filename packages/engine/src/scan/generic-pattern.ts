import type { Binding, RangeMatch } from '../match/bindings.ts';
import { type MatchTarget, visibleText } from '../match/target.ts';
import type { RuleOptions } from '../rules/rule.ts';
import { aliengrepRequirement, compileAliengrep, matchAliengrep } from '../text/aliengrep.ts';
import { blankComments } from '../text/blank-comments.ts';
import type { LiteralRequirement } from '../text/literal-requirement.ts';
import {
  matchSpacegrep,
  parseSpacegrepDocument,
  parseSpacegrepPattern,
  type SpacegrepDocument,
  spacegrepRequirement,
} from '../text/spacegrep.ts';
import type { TextMatch } from '../text/text-match.ts';

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
  const generic = Object.entries(options).filter(([name]) => name.startsWith('generic'));
  return JSON.stringify([nested, generic]);
}

/** Compiles a pattern; a string says why it cannot be used. Nested generic patterns are always spacegrep. */
export function compileGeneric(text: string, options: RuleOptions, nested: boolean): GenericPattern | string {
  if (options.genericEngine === 'aliengrep' && !nested) return aliengrep(text, options);
  const pattern = parseSpacegrepPattern(text);
  if (pattern.kind !== 'spacegrep') return pattern.message;
  const maxSpan = options.genericEllipsisMaxSpan;
  const style = nested ? null : options.genericCommentStyle;
  return {
    requirement: spacegrepRequirement(pattern),
    skipsUnreadable: !nested,
    match: (target, documents) =>
      onVisible(target, (visible) => matchSpacegrep(pattern, documents.document(visible, style), { maxSpan })),
  };
}

function aliengrep(text: string, options: RuleOptions): GenericPattern | string {
  const pattern = compileAliengrep(text, {
    multiline: options.genericMultiline,
    caseless: options.genericCaseless,
    braces: options.genericBraces,
    extraBraces: options.genericExtraBraces,
    extraWordCharacters: options.genericExtraWordCharacters,
  });
  if (pattern.kind !== 'aliengrep') return pattern.message;
  return {
    requirement: aliengrepRequirement(pattern),
    skipsUnreadable: false,
    match: (target: MatchTarget) => onVisible(target, (visible) => matchAliengrep(pattern, visible)),
  };
}

/** Matches the visible part of a target, and places what is found in the whole text. */
function onVisible(target: MatchTarget, match: (visible: string) => TextMatch[]): RangeMatch[] {
  return match(visibleText(target)).map((found) => placed(found, target.start));
}

function placed(match: TextMatch, by: number): RangeMatch {
  const bindings = new Map<string, Binding>();
  for (const [name, { text, start, end }] of match.bindings) {
    bindings.set(name, { kind: 'text', text, node: null, literal: false, start: start + by, end: end + by });
  }
  return { start: match.start + by, end: match.end + by, bindings, kind: 'plain', node: null, fix: null };
}

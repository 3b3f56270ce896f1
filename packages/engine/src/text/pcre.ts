import { isExponential } from './pcre/ambiguity.ts';
import { Backtracker } from './pcre/backtracker.ts';
import { nextChar } from './pcre/code-points.ts';
import { compileProgram } from './pcre/compile-program.ts';
import { type GroupBodies, groupBodies } from './pcre/first-set.ts';
import { leadingRun } from './pcre/leading-run.ts';
import { type Matcher, type RawMatch, RegexLimitError } from './pcre/matcher.ts';
import { nativeFit } from './pcre/native-fit.ts';
import { NativeMatcher } from './pcre/native-matcher.ts';
import { parseRegex } from './pcre/parse.ts';
import { type RegexProblem, type RegexSyntax, someNode } from './pcre/syntax.ts';
import { toJavaScript } from './pcre/to-javascript.ts';

export type { RegexProblem, RegexSyntax } from './pcre/syntax.ts';
export { RegexLimitError };

/**
 * PCRE2 regular expressions (semantics 04 §4) on JavaScript strings. Nearly all patterns are translated to a native
 * `RegExp`, with the differences in syntax and meaning spelled out; what JavaScript cannot say (recursion, conditions,
 * `\G`, verbs, references to groups that may be unset) and what would backtrack exponentially runs on our own matcher.
 */

export interface RegexFlags {
  /** `^` and `$` match at lines: on for `pattern-regex`, off for `metavariable-regex` and `fix-regex`. */
  multiline: boolean;
}

export interface RegexGroup {
  /** 1 for the first group. */
  index: number;
  name: string | null;
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
  text: string;
}

export interface RegexMatch {
  /** UTF-16 offsets, end exclusive; after `\K` the start is where that stood. */
  start: number;
  end: number;
  /** The groups that took part in the match, by number. */
  groups: readonly RegexGroup[];
}

export interface CompiledRegex {
  kind: 'regex';
  source: string;
  syntax: RegexSyntax;
  /** Whether the host's `RegExp` runs it, for diagnosis. */
  native: boolean;
  /**
   * All non-overlapping matches, empty ones included, as Perl finds them: after an empty match, a non-empty one is
   * tried at the same place. Throws `RegexLimitError` where that takes too many steps; PCRE2 would give up, too.
   */
  findAll(text: string): RegexMatch[];
  /** As `findAll`, but the first match must begin at the start of the text and each other where the last one ended. */
  matchAnchored(text: string): RegexMatch[];
  findFirst(text: string): RegexMatch | null;
  /** Whether there is a match anywhere. */
  test(text: string): boolean;
}

/** Compiles a PCRE2 pattern; the problem says what is wrong with it, or what this engine does not have. */
export function compileRegex(source: string, flags: RegexFlags): CompiledRegex | RegexProblem {
  const syntax = parseRegex(source, flags);
  if ('kind' in syntax) return syntax;
  const accepts = someNode(syntax.root, (node) => node.kind === 'verb' && node.verb === 'accept');
  if (accepts && someNode(syntax.root, (node) => node.kind === 'call' || node.kind === 'atomic')) {
    const message = '(*ACCEPT) together with calls or atomic groups is not supported';
    return { kind: 'problem', message, offset: 0, unsupported: true };
  }
  return new Regex(source, syntax);
}

class Regex implements CompiledRegex {
  readonly kind = 'regex';
  readonly source: string;
  readonly syntax: RegexSyntax;
  readonly native: boolean;
  private readonly bodies: GroupBodies;
  private readonly matcher: Matcher;
  private readonly exactCaptures: boolean;
  private cachedBacktracker: Backtracker | null = null;

  constructor(source: string, syntax: RegexSyntax) {
    this.source = source;
    this.syntax = syntax;
    this.bodies = groupBodies(syntax.root);
    const fit = nativeFit(syntax.root, this.bodies);
    const native = this.nativeMatcher(fit.ranges);
    this.native = native !== null;
    this.matcher = native ?? this.backtracker;
    this.exactCaptures = native === null || fit.captures || syntax.groupCount === 0;
  }

  findAll(text: string): RegexMatch[] {
    return this.searching(text, () => this.collect(text, /* anchored */ false));
  }

  matchAnchored(text: string): RegexMatch[] {
    return this.searching(text, () => this.collect(text, /* anchored */ true));
  }

  findFirst(text: string): RegexMatch | null {
    return this.searching(text, () => {
      const match = this.matcher.find(0, { anchored: false, notEmpty: false });
      return match && this.publish(text, match);
    });
  }

  test(text: string): boolean {
    return this.searching(text, () => this.matcher.find(0, { anchored: false, notEmpty: false }) !== null);
  }

  private nativeMatcher(fits: boolean): Matcher | null {
    const { root, groupCount } = this.syntax;
    if (!fits || isExponential(root, this.bodies)) return null;
    const pattern = toJavaScript(root, groupCount, this.bodies);
    return pattern && new NativeMatcher(pattern, leadingRun(root));
  }

  private get backtracker(): Backtracker {
    this.cachedBacktracker ??= new Backtracker(compileProgram(this.syntax, this.bodies));
    return this.cachedBacktracker;
  }

  /** Lets go of the text afterwards, so that a rule does not keep the last file it saw in memory. */
  private searching<T>(text: string, search: () => T): T {
    this.reset(text);
    try {
      return search();
    } finally {
      this.reset('');
    }
  }

  private reset(text: string): void {
    this.matcher.reset(text);
    if (!this.exactCaptures) this.backtracker.reset(text);
  }

  private collect(text: string, anchored: boolean): RegexMatch[] {
    const { matcher } = this;
    const matches: RegexMatch[] = [];
    let match = matcher.find(0, { anchored, notEmpty: false });
    while (match) {
      matches.push(this.publish(text, match));
      const { start, end } = match;
      if (start !== end) match = matcher.find(end, { anchored, notEmpty: false });
      else {
        match = matcher.find(end, { anchored: true, notEmpty: true });
        if (!match && end < text.length) match = matcher.find(nextChar(text, end), { anchored, notEmpty: false });
      }
    }
    return matches;
  }

  private publish(text: string, match: RawMatch): RegexMatch {
    const { start, end, groups } = this.exactCaptures ? match : this.withExactCaptures(match);
    const { groupCount, groupNames } = this.syntax;
    const published: RegexGroup[] = [];
    for (let index = 1; index <= groupCount; index++) {
      const from = groups[2 * index] as number;
      const to = groups[2 * index + 1] as number;
      if (to < 0) continue;
      published.push({ index, name: groupNames[index] ?? null, start: from, end: to, text: text.slice(from, to) });
    }
    return { start, end, groups: published };
  }

  /** The native matcher knows where the match is; ours tells what its groups hold. */
  private withExactCaptures(match: RawMatch): RawMatch {
    try {
      return this.backtracker.find(match.searchStart, { anchored: true, notEmpty: false }) ?? match;
    } catch (error) {
      if (error instanceof RegexLimitError) return match;
      throw error;
    }
  }
}

import type { CompiledRegex, RegexMatch } from './pcre.ts';

/**
 * `fix-regex` (semantics 08 §1): replaces matches in a text. In the replacement `\1` and `$1` stand for groups
 * (nothing for one that is not set), `\0` and `$0` for the match, `$$` for a dollar; all else is literal.
 *
 * `count` null replaces all matches in one pass. A number replaces the first match so many times, each time searching
 * the text anew, so that a replacement may be replaced again. Compile the pattern without `multiline`.
 * Throws `RegexLimitError` as `findAll` does.
 */
export function replaceRegex(regex: CompiledRegex, text: string, replacement: string, count: number | null): string {
  if (count === null) return replaceMatches(text, regex.findAll(text), replacement);
  let result = text;
  for (let i = 0; i < count; i++) {
    const match = regex.findFirst(result);
    if (match === null) break;
    result = replaceMatches(result, [match], replacement);
  }
  return result;
}

function replaceMatches(text: string, matches: readonly RegexMatch[], replacement: string): string {
  let result = '';
  let copied = 0;
  for (const match of matches) {
    result += text.slice(copied, match.start) + expand(replacement, match, text);
    copied = match.end;
  }
  return result + text.slice(copied);
}

function expand(replacement: string, match: RegexMatch, text: string): string {
  return replacement.replace(/[\\$](\d+)|\$\$/g, (_, digits: string | undefined) => {
    if (digits === undefined) return '$';
    const index = Number(digits);
    if (index === 0) return text.slice(match.start, match.end);
    return match.groups.find((group) => group.index === index)?.text ?? '';
  });
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_BINDINGS } from '../match/bindings.ts';
import { Mentions, type MentionsOf } from '../names/mentions.ts';
import { pythonProgram } from '../testing/generate-python.ts';
import { pattern } from '../testing/generate-rules.ts';
import { parsePython, python } from '../testing/load-engine.ts';
import { type CompiledPattern, compilePattern } from './compile-pattern.ts';
import { defaultMatchOptions, type MatchOptions } from './match-options.ts';
import { parsePattern } from './parse-pattern.ts';
import { walkPatterns } from './walk-patterns.ts';

function compiled(text: string, options: MatchOptions): CompiledPattern | null {
  const parsed = parsePattern(text, python);
  const result = typeof parsed === 'string' ? parsed : compilePattern(parsed, options);
  return typeof result === 'string' ? null : result;
}

/** Says that every word is mentioned everywhere. */
class AnyMentions extends Mentions {
  override of(): MentionsOf {
    return [];
  }
}

function matchesIn(code: string, pattern: CompiledPattern, mentionsEverything: boolean): unknown[] {
  const { tree, facts: known } = parsePython(code);
  const facts = mentionsEverything ? { ...known, mentions: new AnyMentions(code, [], []) } : known;
  const [found] = walkPatterns([tree.root], [{ pattern, seed: NO_BINDINGS, longestOnly: false }], facts);
  const places = (found ?? []).map(({ start, end, bindings }) => {
    return [start, end, ...[...bindings].map(([name, bound]) => `${name} ${bound.start}-${bound.end}`)];
  });
  return places;
}

test('asking first whether a construct mentions the identifiers of a pattern loses no match', () => {
  const options = fc.constantFrom<Partial<MatchOptions>>({}, { symbolicPropagation: true }, { goDeeperStmt: false });
  const property = fc.property(pattern, options, pythonProgram, (text, chosen, code) => {
    const matcher = compiled(text, { ...defaultMatchOptions(), ...chosen });
    fc.pre(matcher !== null);
    expect(matchesIn(code, matcher, false)).toEqual(matchesIn(code, matcher, true));
  });
  fc.assert(property, { numRuns: 200 });
});

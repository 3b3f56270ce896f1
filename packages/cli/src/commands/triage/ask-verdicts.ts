import { neutralize, neutralizeLine } from '../../reports/neutralize.ts';
import type { Ask, Choice } from '../guardrail/new/ask.ts';
import type { Candidate } from './candidates.ts';
import type { Answer } from './run-mark.ts';

const CHOICES: readonly Choice<'true' | 'false' | 'wont-fix' | 'skip' | 'stop'>[] = [
  { value: 'true', label: 'true', hint: 'right, and to be fixed' },
  { value: 'false', label: 'false', hint: 'wrong' },
  { value: 'wont-fix', label: 'wont-fix', hint: 'right, and nobody is going to fix it' },
  { value: 'skip', label: 'skip', hint: 'decide later' },
  { value: 'stop', label: 'stop', hint: 'keep what was decided so far' },
];

/** Asks about each finding; `record` keeps an answer at once. Answers with how many there were. */
export async function askVerdicts(
  ask: Ask,
  candidates: readonly Candidate[],
  record: (answer: Answer) => number,
): Promise<number> {
  let count = 0;
  for (const [at, candidate] of candidates.entries()) {
    const verdict = await ask.choose(question(candidate, at + 1, candidates.length), CHOICES);
    if (verdict === 'stop') break;
    if (verdict === 'skip') continue;
    const why = await ask.text({ message: 'Why?', example: 'what makes it right or wrong here' });
    count += record({ candidate, verdict, why });
  }
  return count;
}

function question({ place, path, line, message, code }: Candidate, number: number, all: number): string {
  const name = [place.guardrail, place.symbol].filter((part) => part !== '').join(', ');
  const heading = `${number} of ${all}: ${path}:${line} (${name})`;
  return [neutralizeLine(heading), neutralize(message), '', neutralize(code)].join('\n');
}

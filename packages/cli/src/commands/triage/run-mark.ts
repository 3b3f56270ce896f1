import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type TriageEntry, type Verdict, verdictsOn, withVerdict } from '@lockstep/guardrails';
import { repositoryRoot } from '../../ledger/places.ts';
import { readTriageFile, triageFile, writeTriageFile } from '../../ledger/triage-file.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { print } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import type { Ask } from '../guardrail/new/ask.ts';
import { today } from '../guardrail/today.ts';
import { UsageError } from '../usage-error.ts';
import { whoDecides } from '../who.ts';
import { askVerdicts } from './ask-verdicts.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import type { TriageFlags } from './flags.ts';
import { readSelector, scanRoots, selectOne } from './select.ts';

/** `lockstep triage`: by flags, or by asking somebody at a terminal. */
export async function runMark(names: readonly string[], flags: TriageFlags): Promise<number> {
  const selectors = names.map(readSelector);
  const given = givenAnswer(flags, selectors.length);
  // Before anything is scanned: where nobody can be asked, that is the thing to tell.
  const ask = given === null ? await terminal() : null;
  const ledger = new VerdictLedger(triageFile(process.cwd()), await whoDecides(flags.who));
  const candidates = await findCandidates(scanRoots(selectors), flags);
  const chosen = selectors.map((each) => selectOne(each, candidates));
  const record = (answers: readonly Answer[]) => ledger.record(answers, candidates);
  const answerAll = (answer: GivenAnswer) => record(chosen.map((candidate) => ({ candidate, ...answer })));
  const open = chosen.length > 0 ? chosen : ledger.without(candidates);
  const count =
    given === null
      ? await askVerdicts(ask ?? (await terminal()), open, (answer) => record([answer]))
      : answerAll(given);
  const shown = neutralizeLine(relative(process.cwd(), triageFile(process.cwd())));
  print(count === 0 ? 'nothing was written\n' : `wrote ${shown}: ${quantity(count, 'verdict')}\n`);
  return 0;
}

type GivenAnswer = Pick<Answer, 'verdict' | 'why'>;

/** What the flags say; null where they say nothing, and somebody is to be asked. */
function givenAnswer({ verdict, why = '' }: TriageFlags, findings: number): GivenAnswer | null {
  if (verdict === undefined) return null;
  if (why.trim() === '') throw new UsageError('--verdict needs --why: the reason');
  if (findings === 0) throw new UsageError('which finding? Name it as path:line, or by its identity');
  return { verdict, why };
}

async function terminal(): Promise<Ask> {
  if (process.stdin.isTTY === true && process.stdout.isTTY === true) {
    return (await import('../guardrail/new/ask.ts')).askOn({});
  }
  throw new UsageError('there is no terminal to ask at: give --verdict and --why');
}

/** An answer about one finding. */
export interface Answer {
  candidate: Candidate;
  verdict: Verdict;
  why: string;
}

class VerdictLedger {
  readonly #file: string;
  readonly #who: string;
  #entries: TriageEntry[];

  constructor(file: string, who: string) {
    this.#file = file;
    this.#who = who;
    this.#entries = readTriageFile(file);
  }

  /** The findings that have no verdict yet. */
  without(candidates: readonly Candidate[]): Candidate[] {
    const known = this.#verdicts(candidates);
    return candidates.filter((_, at) => known[at] === null);
  }

  /** Writes at once, so that nothing is lost where somebody leaves in the middle. Answers with how many there were. */
  record(answers: readonly Answer[], candidates: readonly Candidate[]): number {
    for (const { candidate, verdict, why } of answers) {
      const before = this.#verdicts(candidates)[candidates.indexOf(candidate)] ?? null;
      const entry = { ...candidate.place, verdict, date: today(), who: this.#who, why: why.trim() };
      this.#entries = withVerdict(this.#entries, entry, before);
    }
    if (answers.length > 0) writeTriageFile(this.#file, this.#entries);
    return answers.length;
  }

  #verdicts(candidates: readonly Candidate[]): (TriageEntry | null)[] {
    const root = repositoryRoot(process.cwd());
    const isGone = (path: string) => !existsSync(join(root, path));
    return verdictsOn(
      this.#entries,
      candidates.map(({ place }) => place),
      isGone,
    );
  }
}

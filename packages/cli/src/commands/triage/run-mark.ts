import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type TriageEntry, VERDICTS, type Verdict, verdictsOn, withVerdict } from '@lockstep/guardrails';
import { repositoryRoot } from '../../ledger/places.ts';
import { readTriageFile, triageFile, writeTriageFile } from '../../ledger/triage-file.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
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
  const isByFlags = flags.verdict !== undefined;
  if (isByFlags && (flags.why ?? '').trim() === '') throw new UsageError('--verdict needs --why: the reason');
  if (isByFlags && selectors.length === 0)
    throw new UsageError('which finding? Name it as path:line, or by its identity');
  const ask = isByFlags ? null : await terminal();
  const who = await whoDecides(flags.who);
  const file = triageFile(process.cwd());
  const ledger = new VerdictLedger(file, who);
  const candidates = await findCandidates(scanRoots(selectors), flags);
  const wanted = selectors.length === 0 ? candidates : selectors.map((each) => selectOne(each, candidates));
  const count =
    ask === null
      ? ledger.record(
          wanted.map((candidate) => ({ candidate, verdict: verdictOf(flags), why: flags.why ?? '' })),
          candidates,
        )
      : await askVerdicts(ask, selectors.length > 0 ? wanted : ledger.without(candidates), (answer) =>
          ledger.record([answer], candidates),
        );
  const shown = neutralizeLine(relative(process.cwd(), file));
  process.stdout.write(count === 0 ? 'nothing was written\n' : `wrote ${shown}: ${quantity(count, 'verdict')}\n`);
  return 0;
}

function verdictOf({ verdict }: TriageFlags): Verdict {
  return verdict ?? VERDICTS[0];
}

async function terminal(): Promise<Ask> {
  if (process.stdin.isTTY === true && process.stdout.isTTY === true) {
    return (await import('../guardrail/new/ask.ts')).askTerminal;
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

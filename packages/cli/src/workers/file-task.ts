import { type FileReport, MATCHING_ALL, PARSING, type ScanIssue } from '@lockstep/engine';
import { mergeReports } from './merge-reports.ts';
import type { ScanRequest } from './scan-request.ts';

/** What a thread is at before the engine has its file; then the engine says (`ScannerOptions.onProgress`). */
export const READING = -3;

/** What it is at before it has rules: a file is parsed ahead. */
export const AHEAD = -4;

export interface TaskLimits {
  ruleCount: number;
  /** Milliseconds a rule may take on a file. */
  timeoutMs: number;
  /** So many rules may run out of time on a file before it is given up; 0: any number. */
  timeoutThreshold: number;
  /** Names a rule in issues. */
  ruleId(index: number): string;
}

/** One go at a file: with all rules, or with some of them. */
export interface Attempt {
  task: FileTask;
  /** Indexes of rules that are left out. */
  excluded: ReadonlySet<number>;
}

/**
 * The way of one file through the scan. Usually that is one attempt with all rules. When a rule hangs, the thread is
 * killed, so the file is scanned again without that rule. All rules' patterns are matched in one walk, and a hang
 * there does not say whose it is: the rules are then tried in eight groups, and a group that hangs in eight again,
 * which finds one among 500 in 3 more time limits, each group parsing the file anew (halves would take 9 time
 * limits, one rule at a time 500 parses).
 *
 * Attempts of a file follow each other, so that its report does not depend on how threads are scheduled.
 */
export class FileTask {
  readonly request: ScanRequest;
  readonly #limits: TaskLimits;
  /** Rules that hung. */
  readonly #hung: number[] = [];
  /** Groups still to be tried, next one last; null stands for all rules. */
  readonly #pending: (readonly number[] | null)[] = [null];
  readonly #reports: FileReport[] = [];
  readonly #issues: ScanIssue[] = [];
  #current: readonly number[] | null = null;

  constructor(request: ScanRequest, limits: TaskLimits) {
    this.request = request;
    this.#limits = limits;
  }

  /** The attempt to make now; null when the file is done. */
  next(): Attempt | null {
    const group = this.#pending.at(-1);
    if (group === undefined) return null;
    this.#current = group;
    return { task: this, excluded: new Set([...this.#hung, ...this.#others(group)]) };
  }

  /** The attempt ended well. */
  succeeded(report: FileReport): void {
    this.#pending.pop();
    this.#reports.push(report);
  }

  /** The attempt ran out of time at this point. */
  timedOut(at: number): void {
    if (at >= 0) return this.#ruleHung(at);
    if (at !== MATCHING_ALL) {
      const what = at === PARSING ? 'parsing' : 'reading';
      return this.#giveUp('file-timeout', `${what} the file took more than ${this.#seconds()}; it was not scanned`);
    }
    const rules = this.#rulesOf(this.#current);
    const [only] = rules;
    if (only !== undefined && rules.length === 1) return this.#ruleHung(only);
    this.#pending.pop();
    this.#pending.push(...split(rules).reverse());
  }

  /** The thread died over this file. */
  crashed(code: 'out-of-memory' | 'internal-error', at: number, reason: string): void {
    const place = at >= 0 ? ` while running ${this.#limits.ruleId(at)}` : at === PARSING ? ' while parsing' : '';
    const limit = code === 'out-of-memory' ? 'Exclude the file, or raise --max-memory.' : '';
    this.#giveUp(code, `the file was given up${place}: ${reason}`, limit);
  }

  /** Everything there is to say about the file, once `next` has answered null. */
  report(): FileReport {
    const [first] = this.#reports;
    if (first !== undefined && this.#reports.length === 1) {
      return { ...first, issues: [...first.issues, ...this.#issues] };
    }
    return mergeReports(this.request.path, this.#reports, this.#issues);
  }

  #ruleHung(rule: number): void {
    const ruleId = this.#limits.ruleId(rule);
    const message = `the rule took more than ${this.#seconds()} on this file and was stopped; the others went on`;
    this.#addIssue('timeout', message, 'Simplify the rule, exclude the file, or raise --timeout.', ruleId);
    this.#hung.push(rule);
    const { timeoutThreshold } = this.#limits;
    if (timeoutThreshold > 0 && this.#hung.length >= timeoutThreshold) {
      this.#giveUp('file-timeout', `${timeoutThreshold} rules ran out of time on this file; it was given up`);
    } else if (this.#rulesOf(this.#current).length === 0) {
      this.#pending.pop();
    }
  }

  /** What groups before have found is dropped too: which groups came before is an accident. */
  #giveUp(code: ScanIssue['code'], message: string, remedy = 'Exclude the file, or raise --timeout.'): void {
    this.#pending.length = 0;
    this.#reports.length = 0;
    this.#addIssue(code, message, remedy, null);
  }

  #addIssue(code: ScanIssue['code'], message: string, remedy: string, ruleId: string | null): void {
    this.#issues.push({ code, level: 'warn', message, remedy, path: this.request.path, ruleId, spans: [] });
  }

  #rulesOf(group: readonly number[] | null): number[] {
    const all = group ?? Array.from({ length: this.#limits.ruleCount }, (_, index) => index);
    return all.filter((rule) => !this.#hung.includes(rule));
  }

  #others(group: readonly number[] | null): number[] {
    if (group === null) return [];
    const own = new Set(group);
    return Array.from({ length: this.#limits.ruleCount }, (_, index) => index).filter((rule) => !own.has(rule));
  }

  #seconds(): string {
    return `${this.#limits.timeoutMs / 1000} s`;
  }
}

const GROUPS = 8;

function split(rules: readonly number[]): number[][] {
  const size = Math.ceil(rules.length / GROUPS);
  const groups: number[][] = [];
  for (let start = 0; start < rules.length; start += size) groups.push(rules.slice(start, start + size));
  return groups;
}

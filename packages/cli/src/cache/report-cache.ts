import type { FileReport, IssueCode, ScanIssue } from '@lockstep/engine';
import type { ScanRequest } from '../workers/scan-request.ts';
import type { FileStates } from './file-states.ts';
import type { FileStore } from './file-store.ts';
import { jsonFormat, StoredValue } from './stored-value.ts';

/** A report with one of these may be better next time, or with other limits. */
const PASSING: ReadonlySet<IssueCode> = new Set([
  'timeout',
  'file-timeout',
  'out-of-memory',
  'internal-error',
  'syntax-error',
  'unreadable-file',
]);

interface Kept {
  /** What is wrong with the rules themselves. */
  ruleIssues: readonly ScanIssue[];
  /** By path. */
  files: Record<string, { hash: string; report: FileReport }>;
}

/** Reports of files, of one set of rules: they depend on nothing but the file and the rules. */
export class ReportCache {
  readonly #kept: StoredValue<Kept>;
  readonly #states: FileStates;

  /** `name` stands for the program, the folder that paths start from, the rules, and what they are to do. */
  constructor(store: FileStore, name: string, states: FileStates) {
    this.#kept = new StoredValue(
      store,
      name,
      jsonFormat<Kept>(() => ({ ruleIssues: [], files: {} })),
    );
    this.#states = states;
  }

  /** What is wrong with the rules, where that is known. */
  get ruleIssues(): readonly ScanIssue[] {
    return this.#kept.value.ruleIssues;
  }

  /** Parts files into those whose reports are known, and those that have to be scanned. */
  recall(requests: readonly ScanRequest[]): { reports: FileReport[]; left: ScanRequest[] } {
    const { files } = this.#kept.value;
    const reports: FileReport[] = [];
    const left = requests.filter((request) => {
      // Also of those that nothing is known of: what is learnt of a file must be of what it held before it was scanned.
      const hash = this.#states.of(request)?.hash;
      const known = Object.hasOwn(files, request.path) ? files[request.path] : undefined;
      if (known === undefined || known.hash !== hash || request.onlyRules !== null) return true;
      reports.push({ ...known.report, timing: { parse: 0, match: 0, rules: {} } });
      return false;
    });
    return { reports, left };
  }

  /** Reports of files as they were when they were last asked for. */
  learn(requests: readonly ScanRequest[], reports: readonly FileReport[], ruleIssues: readonly ScanIssue[]): void {
    const kept = this.#kept.value;
    const byPath = new Map(reports.map((report) => [report.path, report]));
    for (const request of requests) {
      const report = byPath.get(request.path);
      // What a file held once is asked for once.
      const isLasting = request.content === null && request.onlyRules === null;
      const state = isLasting ? this.#states.of(request) : null;
      if (report === undefined || state === null) continue;
      if (report.issues.some(({ code }) => PASSING.has(code)) || !this.#states.isCurrent(request, state)) continue;
      kept.files[request.path] = { hash: state.hash, report };
      this.#kept.changed();
    }
    kept.ruleIssues = ruleIssues;
  }

  save(): void {
    this.#kept.save();
  }
}

import type { CompiledRule } from './compile-rules.ts';
import type { FileScan } from './file-scan.ts';
import { isGivenUp, type ScanIssue } from './report.ts';
import type { RuleKeys } from './rule-keys.ts';

/** The two ends of flows; and sinks that are not written out, to which data can get. */
type End = 'sources' | 'sinks' | 'open-sinks';

/** Which rules' flows may begin or end in a file. It depends on nothing but the file and the rules. */
export interface KnownEnds {
  /** By rule and end (`EndFacts`): whether anything in the file is one. Of what is not named, nothing is known. */
  held: Readonly<Record<string, boolean>>;
  /** What went wrong in looking for them. */
  issues: readonly ScanIssue[];
}

/**
 * What is known, and what is found out, of where flows may begin and end. To look for that, most files that a project's
 * rules are about have to be parsed, and in most of them nothing is found: what was found out once need not be again.
 */
export class EndFacts {
  private readonly keys: RuleKeys;
  private readonly held = new Map<FileScan, Map<string, boolean>>();
  private readonly issues = new Map<FileScan, readonly ScanIssue[]>();

  /** `recall` is what an earlier run knew of a file. */
  constructor(files: readonly FileScan[], recall: (path: string) => KnownEnds | null, keys: RuleKeys) {
    this.keys = keys;
    for (const file of files) {
      const known = recall(file.path);
      if (known === null) continue;
      this.held.set(file, new Map(Object.entries(known.held)));
      file.recallIssues(known.issues);
    }
  }

  /** undefined: not known. */
  isIn(file: FileScan, rule: CompiledRule, end: End): boolean | undefined {
    return this.held.get(file)?.get(this.name(rule, end));
  }

  /** What a search has come to. */
  learn(file: FileScan, rule: CompiledRule, end: End, isThere: boolean): void {
    let held = this.held.get(file);
    if (held === undefined) {
      held = new Map();
      this.held.set(file, held);
    }
    held.set(this.name(rule, end), isThere);
  }

  /** To be called once all searches are done, and before anything else goes wrong in a file. */
  noteIssues(): void {
    for (const file of this.held.keys()) this.issues.set(file, file.issues);
  }

  /** What is known now, by path; nothing of files that were given up, as a run with more memory or stack gets further. */
  all(): Map<string, KnownEnds> {
    const all = new Map<string, KnownEnds>();
    for (const [file, held] of this.held) {
      const issues = this.issues.get(file) ?? [];
      if (!isGivenUp(issues)) {
        all.set(file.path, { held: Object.fromEntries(held), issues });
      }
    }
    return all;
  }

  private name(rule: CompiledRule, end: End): string {
    return `${this.keys.ofRule(rule)}:${end}`;
  }
}

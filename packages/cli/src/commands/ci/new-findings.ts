import type { FileReport, Finding, Rule } from '@lockstep/engine';
import type { GitProblem } from '../../git/git-problem.ts';
import type { DiffEntry } from '../../git/raw-diff.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
import { ScanSession, type SessionOptions } from '../../workers/scan-session.ts';
import { decodeSource } from '../../workers/source-text.ts';
import { planScan } from '../scan/plan-scan.ts';
import { type FileFindings, introducedFindings, mayHaveStoodIn } from './introduced.ts';
import { siftRules } from './sift-rules.ts';
import { readSource } from './source.ts';

export interface NewFindingsOptions {
  repositoryRoot: string;
  entries: readonly DiffEntry[];
  requests: readonly ScanRequest[];
  /** All files as they are now, for rules that follow data across files. */
  project: readonly ScanRequest[];
  rules: readonly Rule[];
  session: SessionOptions;
}

export type NewFindingsResult = { ok: true; reports: FileReport[] } | { ok: false; problem: GitProblem };

/**
 * Leaves the findings that the change introduces. What there was before is found by the rules that find something now:
 * first in the same files as they were; and, for what is left, in the other files that the change has taken code from.
 * Files that did not hold the code of a finding need no look: what a change adds is mostly of that kind.
 */
export async function onlyNewFindings(
  reports: readonly FileReport[],
  options: NewFindingsOptions,
): Promise<NewFindingsResult> {
  const { requests, entries, repositoryRoot } = options;
  const texts = new Map(requests.map((request) => [request.path, readSource(request)]));
  const now = reports.map(({ path, findings }): FileFindings => ({ path, text: texts.get(path) ?? '', findings }));
  const found = now.flatMap(({ findings }) => findings);
  if (found.length === 0) return { ok: true, reports: [...reports] };
  const blobs = await readBlobs(
    entries.filter(({ wasFile }) => wasFile).map(({ oldBlob }) => oldBlob),
    { cwd: repositoryRoot },
  );
  if (!blobs.ok) return blobs;
  const past = new Past(options, blobs.contents, found);
  const foundIn = new Map(now.map(({ path, findings }) => [path, findings]));
  const before = await past.findings(({ path, isFile }, text) =>
    mayHaveStoodIn(text, (isFile ? foundIn.get(path) : null) ?? []),
  );
  let fresh = introducedFindings(now, before);
  if (fresh.size > 0) {
    const left = [...fresh];
    const seen = new Set(before.map(({ path }) => path));
    const more = await past.findings(({ path }, text) => !seen.has(path) && mayHaveStoodIn(text, left));
    if (more.length > 0) fresh = introducedFindings(now, [...before, ...more]);
  }
  return {
    ok: true,
    reports: reports.map((report) => ({ ...report, findings: report.findings.filter((each) => fresh.has(each)) })),
  };
}

/** Files as they were before the change. */
class Past {
  readonly #options: NewFindingsOptions;
  readonly #contents: ReadonlyMap<string, Uint8Array>;
  readonly #rules: readonly Rule[];

  constructor(options: NewFindingsOptions, contents: ReadonlyMap<string, Uint8Array>, found: readonly Finding[]) {
    this.#options = options;
    this.#contents = contents;
    const ids = new Set(found.map(({ ruleId }) => ruleId));
    this.#rules = options.rules.filter(({ id }) => ids.has(id));
  }

  /** What the rules found in some of the files, under the names that these have now. */
  async findings(isWanted: (entry: DiffEntry, text: string) => boolean): Promise<FileFindings[]> {
    const texts = new Map<string, string>();
    const requests = this.#options.entries.flatMap((entry): ScanRequest[] => {
      const content = entry.wasFile ? this.#contents.get(entry.oldBlob) : undefined;
      if (content === undefined) return [];
      const { text } = decodeSource(content);
      if (!isWanted(entry, text)) return [];
      const request = this.#request(entry, content);
      if (request === null) return [];
      texts.set(request.path, text);
      return [request];
    });
    if (requests.length === 0) return [];
    const project = this.#project(requests);
    const rules = siftRules(this.#rules, project, this.#options.session);
    const session = new ScanSession(rules, this.#options.session);
    try {
      const reports = await session.scan(requests, () => {}, project);
      return reports.map(({ path, findings }) => ({ path, text: texts.get(path) ?? '', findings }));
    } finally {
      await session.close();
    }
  }

  #request(entry: DiffEntry, content: Uint8Array): ScanRequest | null {
    const now = this.#options.requests.find(({ path }) => path === entry.path);
    if (now !== undefined) return { ...now, content, bytes: content.length };
    const path = entry.isFile ? entry.path : entry.oldPath;
    const [planned] = planScan(this.#rules, [
      {
        path,
        absolutePath: path,
        projectRelativePath: path,
        rulePath: path,
        explicit: false,
        anyLanguage: false,
        executable: false,
        sizeBytes: content.length,
      },
    ]);
    return planned === undefined ? null : { ...planned, content };
  }

  /** All files, with those of the change as they were. */
  #project(requests: readonly ScanRequest[]): ScanRequest[] {
    const old = new Map(requests.map((request) => [request.path, request]));
    return [...this.#options.project.filter(({ path }) => !old.has(path)), ...requests];
  }
}

import type { FileReport, Finding, Rule } from '@lockstep/engine';
import type { DiffEntry } from '../../git/raw-diff.ts';
import type { ScanRequest } from '../../workers/scan-request.ts';
import type { ScanSession } from '../../workers/scan-session.ts';
import { decodeSource } from '../../workers/source-text.ts';
import { type FileFindings, findingsStandingIn, introducedFindings } from './introduced.ts';
import { readSource, requestsAt } from './source.ts';

export interface NewFindingsOptions {
  entries: readonly DiffEntry[];
  requests: readonly ScanRequest[];
  rules: readonly Rule[];
  session: ScanSession;
  /** Contents from before the change, by their hashes. */
  oldContents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Leaves the findings that the change introduces. What there was before is found by the rules that find something now:
 * first in the same files as they were; and, for what is left, in the other files that the change has taken code from.
 * Files that did not hold the code of a finding need no look: what a change adds is mostly of that kind.
 */
export async function onlyNewFindings(
  reports: readonly FileReport[],
  options: NewFindingsOptions,
): Promise<FileReport[]> {
  const texts = new Map(options.requests.map((request) => [request.path, readSource(request)]));
  const now = reports.map(({ path, findings }): FileFindings => ({ path, text: texts.get(path) ?? '', findings }));
  if (now.every(({ findings }) => findings.length === 0)) return [...reports];
  const past = new Past(options);
  const foundIn = new Map(now.map(({ path, findings }) => [path, findings]));
  const before = await past.findings(({ path, isFile }) => (isFile ? foundIn.get(path) : null) ?? []);
  let fresh = introducedFindings(now, before);
  if (fresh.size > 0) {
    const left = [...fresh];
    const seen = new Set(before.map(({ path }) => path));
    const more = await past.findings(({ path }) => (seen.has(path) ? [] : left));
    if (more.length > 0) fresh = introducedFindings(now, [...before, ...more]);
  }
  return reports.map((report) => ({ ...report, findings: report.findings.filter((each) => fresh.has(each)) }));
}

/** Files as they were before the change. */
class Past {
  readonly #options: NewFindingsOptions;

  constructor(options: NewFindingsOptions) {
    this.#options = options;
  }

  /** What was found before in the files that held the code of a finding, under the names that they have now. */
  async findings(soughtIn: (entry: DiffEntry) => readonly Finding[]): Promise<FileFindings[]> {
    const texts = new Map<string, string>();
    const requests = this.#options.entries.flatMap((entry): ScanRequest[] => {
      const content = entry.wasFile ? this.#options.oldContents.get(entry.oldBlob) : undefined;
      if (content === undefined) return [];
      const { text } = decodeSource(content);
      const sought = findingsStandingIn(text, soughtIn(entry));
      const request = sought.length === 0 ? null : this.#request(entry, content);
      if (request === null) return [];
      texts.set(request.path, text);
      return [{ ...request, onlyRules: [...new Set(sought.map(({ ruleId }) => ruleId))] }];
    });
    if (requests.length === 0) return [];
    const reports = await this.#options.session.scanFiles(requests, () => {});
    return reports.map(({ path, findings }) => ({ path, text: texts.get(path) ?? '', findings }));
  }

  #request(entry: DiffEntry, content: Uint8Array): ScanRequest | null {
    const now = this.#options.requests.find(({ path }) => path === entry.path);
    if (now !== undefined) return { ...now, content, bytes: content.length };
    return requestsAt(entry.isFile ? entry.path : entry.oldPath, content, this.#options.rules)[0] ?? null;
  }
}

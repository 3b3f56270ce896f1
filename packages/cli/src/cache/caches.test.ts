import type { FileReport, IssueCode, ScanIssue } from '@lockstep/engine';
import { expect, test } from 'vitest';
import { addFiles, makeFolder } from '../targets/testing/temporary-folder.ts';
import type { ScanRequest } from '../workers/scan-request.ts';
import { EndsCache } from './ends-cache.ts';
import { FileStates } from './file-states.ts';
import { FileStore } from './file-store.ts';
import { ReportCache } from './report-cache.ts';

function request(folder: string, path: string, more: Partial<ScanRequest> = {}): ScanRequest {
  const absolutePath = `${folder}/${path}`;
  const common = { rulePath: path, bytes: 1, languages: ['python'], content: null, onlyRules: null };
  return { path, absolutePath, ...common, ...more };
}

function report(path: string, ...codes: IssueCode[]): FileReport {
  const issue: Omit<ScanIssue, 'code'> = { level: 'warn', message: 'm', remedy: '', path, ruleId: null, spans: [] };
  const issues = codes.map((code) => ({ ...issue, code }));
  return {
    path,
    findings: [],
    issues,
    unmatchedSuppressions: [],
    allowances: [],
    timing: { parse: 1, match: 2, rules: {} },
  };
}

/** What a run after one that has learnt these reports knows of the files. */
function knownLater(requests: readonly ScanRequest[], reports: readonly FileReport[], between = () => {}): string[] {
  const store = new FileStore(makeFolder());
  const first = new ReportCache(store, 'r', new FileStates());
  expect(first.recall(requests).left).toEqual(requests);
  between();
  first.learn(requests, reports, []);
  first.save();
  return new ReportCache(store, 'r', new FileStates()).recall(requests).reports.map(({ path }) => path);
}

test('reports are known of files that are as they were', () => {
  const folder = makeFolder({ 'a.py': 'x', 'b.py': 'x' });
  const requests = [request(folder, 'a.py'), request(folder, 'b.py'), request(folder, 'gone.py')];
  const reports = [report('a.py'), report('b.py'), report('gone.py')];
  expect(knownLater(requests, reports)).toEqual(['a.py', 'b.py']);
  // Edited while it was scanned: nobody knows which of the two contents was seen.
  const edit = () => addFiles(folder, { 'a.py': 'y' });
  expect(knownLater(requests, reports, edit)).toEqual(['b.py']);
});

test('what a file held once, what only some rules have seen, and what other limits may change is not kept', () => {
  const folder = makeFolder({ 'a.py': 'x' });
  const content = Buffer.from('x');
  expect(knownLater([request(folder, 'a.py', { content })], [report('a.py')])).toEqual([]);
  expect(knownLater([request(folder, 'a.py', { onlyRules: ['r'] })], [report('a.py')])).toEqual([]);
  for (const code of ['timeout', 'file-timeout', 'out-of-memory', 'internal-error'] as const) {
    expect(knownLater([request(folder, 'a.py')], [report('a.py', code)])).toEqual([]);
  }
  expect(knownLater([request(folder, 'a.py')], [report('a.py', 'partial-parsing')])).toEqual(['a.py']);
});

test('a file that is looked at as another language, or by other paths, is another', () => {
  const folder = makeFolder({ 'a.py': 'x' });
  const store = new FileStore(makeFolder());
  const cache = new ReportCache(store, 'r', new FileStates());
  cache.learn([request(folder, 'a.py')], [report('a.py')], []);
  expect(cache.recall([request(folder, 'a.py')]).left).toEqual([]);
  for (const more of [{ languages: [] }, { rulePath: 'b.py' }, { onlyRules: [] }]) {
    expect(cache.recall([request(folder, 'a.py', more)]).reports).toEqual([]);
  }
});

test('of the ends of flows, two versions of a file are known', () => {
  const folder = makeFolder({ 'a.py': 'x' });
  const store = new FileStore(makeFolder());
  const versions = ['x', 'y', 'z'].map((text) => request(folder, 'a.py', { content: Buffer.from(text) }));
  const cache = new EndsCache(store, 'e', new FileStates());
  for (const [at, version] of versions.entries()) {
    cache.learn([version], new Map([['a.py', { held: { [`k${at}`]: true }, issues: [] }]]));
  }
  cache.save();
  const later = new EndsCache(store, 'e', new FileStates());
  const held = versions.map((version) => Object.keys(later.recall([version]).get('a.py')?.held ?? {}));
  expect(held).toEqual([[], ['k1'], ['k2']]);
  // What lies in the folder is what one of these contents was read from.
  expect(later.recall([request(folder, 'a.py')]).size).toBe(0);
});

import { expect, test } from 'vitest';
import type { ScanFlags } from '../scan-flags.ts';
import { readSettings } from './read-settings.ts';

/** What commander gives when no flag is used. */
const NO_FLAGS: ScanFlags = { rewriteRuleIds: true, excludeBinaryFiles: true, gitIgnore: true };

function settings(flags: Partial<ScanFlags> = {}, env: NodeJS.ProcessEnv = {}) {
  return readSettings(['src'], { ...NO_FLAGS, ...flags }, env);
}

test('defaults', () => {
  const { cwd: _cwd, cacheFolder: _cacheFolder, pool, ...rest } = settings();
  expect(pool).toEqual({ threads: expect.any(Number), timeoutMs: 5000, timeoutThreshold: 3, maxMemoryMb: 0 });
  expect(rest).toMatchInlineSnapshot(`
    {
      "autofix": false,
      "baseline": null,
      "baselineFile": null,
      "color": null,
      "dataflowTraces": false,
      "depth": "file",
      "dryrun": false,
      "excludeRules": [],
      "failOnFindings": false,
      "interfile": true,
      "jobSummary": null,
      "maxCharsPerLine": 160,
      "maxLinesPerFinding": 10,
      "outputs": [
        {
          "destination": null,
          "format": "text",
        },
      ],
      "roots": [
        "src",
      ],
      "rules": {
        "isDefault": true,
        "kind": "config",
        "models": [],
        "rewriteIds": true,
        "values": [
          "lockstep:default",
        ],
      },
      "sarifSuppressed": false,
      "severities": [],
      "strict": false,
      "suppressions": true,
      "targets": {
        "exclude": [],
        "excludeBinaryFiles": true,
        "excludeMinifiedFiles": false,
        "forceExclude": false,
        "ignoreFileNames": [
          ".semgrepignore",
          ".lockstepignore",
        ],
        "include": [],
        "maxTargetBytes": 1000000,
        "noVersionControl": false,
        "projectRoot": null,
        "scanUnknownExtensions": false,
        "useGitIgnore": true,
      },
      "time": false,
      "verbosity": "normal",
    }
  `);
});

test.each([
  [{ LOCKSTEP_TIMEOUT: '2', SEMGREP_TIMEOUT: '3' }, 2000],
  [{ LOCKSTEP_TIMEOUT: '', SEMGREP_TIMEOUT: '0.5' }, 500],
])('time limit from %j', (env, timeoutMs) => {
  expect(settings({}, env).pool.timeoutMs).toBe(timeoutMs);
  expect(settings({ timeout: 7 }, env).pool.timeoutMs).toBe(7000);
});

test('where what scans find out is kept', () => {
  const folder = { LOCKSTEP_CACHE: '/a/cache' };
  expect(settings({}, folder).cacheFolder).toBe('/a/cache');
  expect(settings({ cache: true }, { XDG_CACHE_HOME: '/shared' }).cacheFolder).toBe('/shared/lockstep');
  expect(settings({ cache: false }, folder).cacheFolder).toBeNull();
  expect(settings({ pattern: 'f($X)', lang: 'python' }, folder).cacheFolder).toBeNull();
});

test('a time limit that is none', () => {
  expect(() => settings({}, { SEMGREP_TIMEOUT: 'soon' })).toThrow('SEMGREP_TIMEOUT is no number of seconds: soon');
});

test.each([
  [{}, null],
  [{ NO_COLOR: '1' }, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  [{ FORCE_COLOR: '0' }, false],
  [{ SEMGREP_FORCE_COLOR: '1' }, true],
])('colour from %j: %s', (env, color) => {
  expect(settings({}, env).color).toBe(color);
  expect(settings({ forceColor: true }, env).color).toBe(true);
});

test('the baseline, in the order of precedence', () => {
  const env = { SEMGREP_BASELINE_REF: 'ref', SEMGREP_BASELINE_COMMIT: 'commit' };
  expect(settings({}, { SEMGREP_BASELINE_REF: 'ref' }).baseline).toBe('ref');
  expect(settings({}, env).baseline).toBe('commit');
  expect(settings({ baselineCommit: 'flag' }, env).baseline).toBe('flag');
});

test('where rules come from', () => {
  expect(settings({ config: ['a'], f: ['b'] }, { SEMGREP_RULES: 'c' }).rules).toMatchObject({ values: ['a', 'b'] });
  expect(settings({ rewriteRuleIds: false, models: ['m'] }, { SEMGREP_RULES: 'c d' }).rules).toEqual({
    kind: 'config',
    values: ['c', 'd'],
    isDefault: false,
    rewriteIds: false,
    models: ['m'],
  });
  expect(settings({ pattern: 'f()', lang: 'Py' }).rules).toEqual({
    kind: 'pattern',
    pattern: 'f()',
    language: 'python',
    replacement: null,
  });
});

test('how far data is followed', () => {
  expect(settings({ depth: 'project' }).depth).toBe('project');
});

test('ignore files by another name', () => {
  expect(settings({ semgrepignoreFilename: '.scanignore' }).targets.ignoreFileNames).toEqual([
    '.scanignore',
    '.lockstepignore',
  ]);
});

/**
 * The example application: the bundled guardrails find what its README says they find, and with real Flask and
 * SQLAlchemy its own tests prove that the masking column type keeps tokens out of the SQL log.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { lockstep } from './testing/lockstep.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const SHOP = join(REPOSITORY, 'examples/flask-shop');
const folder = mkdtempSync(join(tmpdir(), 'lockstep-shop-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the bundled guardrails find the weaknesses of the example and nothing else', async () => {
  const { stdout } = await lockstep(['scan', '--config', 'guardrails', '--json', 'examples'], { cwd: REPOSITORY });
  const report = JSON.parse(stdout) as { results: { check_id: string; path: string; start: { line: number } }[] };
  const found = report.results.map(({ check_id, path, start }) => {
    return `${path.replace('examples/flask-shop/shop/', '')}:${start.line} ${check_id.split('.').at(-1)}`;
  });
  expect(found).toMatchInlineSnapshot(`
    [
      "auth.py:26 session-cookie-flags",
      "config.py:8 hardcoded-signing-key-fallback",
      "database.py:14 sqlalchemy-echo",
      "models.py:59 sensitive-columns",
      "models.py:68 sensitive-columns",
      "models.py:80 sensitive-columns",
      "services/archives.py:8 command-injection",
      "services/archives.py:8 shell-command",
      "services/baskets.py:24 forbid-jsonpickle",
      "services/baskets.py:24 untrusted-deserialisation",
      "services/orders.py:20 charge-once",
      "services/payments.py:31 requests-timeout",
      "views/account.py:34 open-redirect",
      "views/account.py:54 token-randomness",
      "views/account.py:58 secret-in-log",
      "views/admin.py:41 admin-view-permission",
      "views/admin.py:54 path-traversal",
      "views/storefront.py:22 sql-from-strings-sqlalchemy",
      "views/storefront.py:22 sql-injection",
      "views/webhooks.py:18 constant-time-compare",
    ]
  `);
});

/** A virtual environment with what the shop needs; null where there is no Python, or no packages to be had. */
function pythonWithShop(): string | null {
  if (spawnSync('python3', ['--version']).status !== 0) return null;
  const environment = join(folder, 'venv');
  const python = join(environment, 'bin/python');
  try {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
    const install = ['-m', 'pip', 'install', '--quiet', '--requirement', join(SHOP, 'requirements.txt')];
    execFileSync(python, install, { stdio: 'pipe', timeout: 240_000 });
    return python;
  } catch (error) {
    // A build machine has packages: there a failure must not pass for an absence.
    if (process.env['CI'] === 'true') throw error;
    return null;
  }
}

test('the masking type keeps session tokens out of the SQL log, with real SQLAlchemy', {
  timeout: 300_000,
}, (context) => {
  const python = pythonWithShop();
  if (python === null) return context.skip('needs python3 and the packages of requirements.txt');
  const run = spawnSync(python, ['-m', 'unittest', '-v'], { cwd: SHOP, encoding: 'utf8' });
  expect(run.stderr).toMatch(/test_masking.*ok/);
  expect(run.stderr).toMatch(/Ran \d+ tests in [^\n]*\n\nOK/);
  expect(run.status).toBe(0);
});

// Builds the program where it is installed from the git repository: npm and pre-commit run this in a fresh clone. In one's own
// clone nothing runs it, as .npmrc has `ignore-scripts`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// `npm install --global` hands its flags down to the npm that it prepares a clone with: that one installs no dependency.
const { npm_config_global: _, npm_config_prefix: __, NPM_CONFIG_PREFIX: ___, ...env } = process.env;

if (!existsSync(new URL('../node_modules/esbuild', import.meta.url)))
  run('npm', ['ci', '--ignore-scripts', '--no-audit']);
run(process.execPath, ['scripts/build.mjs']);

/**
 * Nothing may be written to standard output: npm prints the name of the archive there.
 *
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: { ...env, npm_config_global: 'false' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { NpmSource } from '@lockstep/guardrails';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../targets/testing/temporary-folder.ts';
import { fetchNpm } from './fetch-npm.ts';
import { type Entry, tarball } from './testing/tarball.ts';

function source(folder: string | null = null, version = '1.4.0'): NpmSource {
  const place = { line: 1, column: 1, start: 0, end: 0, path: '' };
  return { kind: 'npm', package: '@acme/guardrails', version, folder, place };
}

/** A registry with one package, for npm as a user would have it set up; `served` is what it hands out. */
async function registry(promised: Uint8Array, served = promised): Promise<string> {
  const integrity = `sha512-${createHash('sha512').update(promised).digest('base64')}`;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz') === true) {
      response.end(served);
      return;
    }
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const version = {
      name: '@acme/guardrails',
      version: '1.4.0',
      dist: { tarball: `${address}/g-1.4.0.tgz`, integrity },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: '@acme/guardrails', 'dist-tags': {}, versions: { '1.4.0': version } }));
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const settings = {
    npm_config_registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    npm_config_cache: makeFolder(),
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
  };
  Object.assign(process.env, settings);
  onTestFinished(() => {
    for (const name of Object.keys(settings)) delete process.env[name];
    server.close();
  });
  return integrity;
}

async function pack(entries: readonly Entry[]): Promise<Uint8Array> {
  return gzipSync(
    await tarball([
      { name: 'package/package.json', content: '{"name":"@acme/guardrails","version":"1.4.0"}' },
      ...entries,
    ]),
  );
}

const LONG = `${'long/'.repeat(25)}x.yaml`;

test('the files of a package, and its integrity; links are left out', async () => {
  const integrity = await registry(
    await pack([
      { name: 'package/python/a/guardrail.yaml', content: 'a' },
      { name: `package/python/${LONG}`, content: 'deep' },
      { name: 'package/python/passwd', link: '/etc/passwd' },
    ]),
  );
  const whole = await fetchNpm(source());
  expect(whole.integrity).toBe(integrity);
  expect([...whole.files.keys()]).toEqual(['package.json', 'python/a/guardrail.yaml', `python/${LONG}`]);
  const part = await fetchNpm(source('python'));
  expect([...part.files].map(([path, content]) => `${path}: ${Buffer.from(content)}`)).toEqual([
    'a/guardrail.yaml: a',
    `${LONG}: deep`,
  ]);
  await expect(fetchNpm(source('ruby'))).rejects.toThrow('it has no folder ruby');
});

test('a registry that hands out something else than it promised', async () => {
  await registry(await pack([]), await pack([{ name: 'package/evil.yaml', content: '' }]));
  await expect(fetchNpm(source())).rejects.toThrow(/it cannot be fetched: .*integrity/i);
});

test('what is not there', async () => {
  await registry(await pack([]));
  await expect(fetchNpm(source(null, '9.9.9'))).rejects.toThrow('it cannot be fetched: No matching version found');
});

test.each([
  ['package/../../../../tmp/x.yaml', 'it holds a file of the name'],
  ['package//etc/x.yaml', 'it holds a file of the name'],
  ['package/a\u001b[2J.yaml', 'it holds a file of the name "a\\u001b[2J.yaml"'],
  ['package/a\\..\\b.yaml', 'it holds a file of the name'],
])('an archive that holds %j', async (name, expected) => {
  await registry(await pack([{ name, content: '' }]));
  await expect(fetchNpm(source())).rejects.toThrow(expected);
});

test('an archive that is none', async () => {
  await registry(gzipSync('x'.repeat(2000)));
  await expect(fetchNpm(source())).rejects.toThrow('its archive cannot be read');
});

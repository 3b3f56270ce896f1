import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { messageOf } from '@lockstep/engine';
import type { NpmSource } from '@lockstep/guardrails';
import { extract } from 'tar-stream';
import { SourceFault, SourceFileCollector, type SourceFiles } from './source-files.ts';

export interface NpmPackage {
  files: SourceFiles;
  /** `sha512-…`, as lock files of npm have it. */
  integrity: string;
}

/**
 * Fetches a package with npm, which knows the user's registries, proxies and credentials, and unpacks it here. npm runs
 * in an empty folder, so that no `.npmrc` of the scanned repository has a say, and runs no scripts. Throws `SourceFault`.
 */
export async function fetchNpm(source: NpmSource): Promise<NpmPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-npm-'));
  try {
    await pack(`${source.package}@${source.version}`, folder);
    const [name] = readdirSync(folder).filter((each) => each.endsWith('.tgz'));
    if (name === undefined) throw new SourceFault('npm fetched nothing', 'See what npm pack says.');
    const tarball = readFileSync(join(folder, name));
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    return { files: await unpack(tarball, source), integrity };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const TIME_LIMIT = 120_000;

function pack(spec: string, folder: string): Promise<void> {
  const args = ['pack', '--ignore-scripts', '--loglevel=error', `--pack-destination=${folder}`, '--', spec];
  return new Promise((settle, fail) => {
    execFile('npm', args, { cwd: folder, timeout: TIME_LIMIT, killSignal: 'SIGKILL' }, (error, _, stderr) => {
      if (error === null) settle();
      else if (error.code === 'ENOENT') {
        fail(new SourceFault('npm was not found', 'Install npm, or keep the guardrails in this repository.'));
      } else {
        // `npm error code ETARGET`, then `npm error notarget No matching version …`.
        const told = /^npm (?:error|ERR!) (?!code )(?:[a-z0-9]+ (?=[A-Z]))?(.+)$/m.exec(stderr)?.[1] ?? 'npm failed';
        const message = error.killed ? `npm took more than ${TIME_LIMIT / 1000} s` : told;
        fail(new SourceFault(`it cannot be fetched: ${message}`, `See whether npm can reach it: npm view ${spec}`));
      }
    });
  });
}

/** Unpacked at most; a tarball of 5 MB may claim to hold gigabytes. */
const MAX_UNPACKED = 200_000_000;

/** The regular files of a tarball below its one folder, or below `folder` in it. */
async function unpack(tarball: Uint8Array, { folder }: NpmSource): Promise<SourceFiles> {
  const collector = new SourceFileCollector();
  const archive = extract();
  const prefix = folder === null ? '' : `${folder}/`;
  try {
    archive.end(gunzipSync(tarball, { maxOutputLength: MAX_UNPACKED }));
    for await (const entry of archive) {
      const { name, type, size = 0 } = entry.header;
      // `package/…`, though some packers name it otherwise.
      const path = name.slice(name.indexOf('/') + 1);
      if (type !== 'file' || !path.startsWith(prefix)) {
        entry.resume();
        continue;
      }
      collector.reserve(size);
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) chunks.push(chunk);
      collector.add(path.slice(prefix.length), Buffer.concat(chunks));
    }
  } catch (error) {
    if (error instanceof SourceFault) throw error;
    throw new SourceFault(`its archive cannot be read: ${messageOf(error)}`, 'Ask its owners to publish it anew.');
  }
  const files = collector.files();
  if (files.size === 0 && folder !== null) throw new SourceFault(`it has no folder ${folder}`, 'Correct `folder:`.');
  return files;
}

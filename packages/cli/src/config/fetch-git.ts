import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitSource } from '@lockstep/guardrails';
import { runGit, splitNul } from '../git/git.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { SourceFault, SourceFileCollector, type SourceFiles } from './source-files.ts';

/**
 * Fetches the files of a commit into a repository of its own, and reads them from there. Nothing is checked out, so
 * that no hook, filter or link of theirs has any effect. Throws `SourceFault`.
 */
export async function fetchGit(source: GitSource): Promise<SourceFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-git-'));
  try {
    const run = new GitFetch(folder, source);
    await run.fetch();
    return await run.files();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Only over https and ssh, redirects included: `ext::` runs a program, `file:` reads what the user may and the
 * repository's author may not. Whoever allows more does so for their own machine, with `GIT_ALLOW_PROTOCOL`.
 */
const SETTINGS = `
[protocol]
	allow = never
[protocol "https"]
	allow = always
[protocol "ssh"]
	allow = always
[core]
	hooksPath = /dev/null
[fetch]
	recurseSubmodules = false
[gc]
	auto = 0
`;

class GitFetch {
  readonly #folder: string;
  readonly #source: GitSource;

  constructor(folder: string, source: GitSource) {
    this.#folder = folder;
    this.#source = source;
  }

  async fetch(): Promise<void> {
    const { url, commit } = this.#source;
    const format = commit.length === 64 ? ['--object-format=sha256'] : [];
    await this.#git(['init', '--quiet', '--bare', '--template=', ...format, '.']);
    appendFileSync(join(this.#folder, 'config'), SETTINGS);
    const options = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];
    const single = await this.#try(['fetch', ...options, '--depth=1', '--', url, commit]);
    // Some servers hand out only what a branch or a tag leads to.
    if (!single.ok) await this.#git(['fetch', ...options, '--', url, '+refs/*:refs/source/*']);
    const found = await this.#try(['cat-file', '-e', `${commit}^{commit}`]);
    if (!found.ok) throw new SourceFault(`it has no commit ${commit}`, 'Look for a commit that it has: git ls-remote.');
  }

  async files(): Promise<SourceFiles> {
    const { commit, folder } = this.#source;
    const tree = folder === null ? commit : `${commit}:${folder}`;
    const listing = await this.#try(['ls-tree', '-r', '-z', '-l', '--full-tree', tree]);
    if (!listing.ok) throw new SourceFault(`it has no folder ${folder}`, 'Correct `folder:`.');
    const collector = new SourceFileCollector();
    const entries = splitNul(listing.stdout).flatMap(readEntry);
    for (const { bytes } of entries) collector.reserve(bytes);
    const blobs = await readBlobs(
      entries.map(({ hash }) => hash),
      { cwd: this.#folder, repository: 'discovered' },
    );
    if (!blobs.ok) throw new SourceFault(blobs.problem.message, blobs.problem.remedy);
    for (const { path, hash } of entries) collector.add(path, blobs.contents.get(hash) ?? new Uint8Array());
    return collector.files();
  }

  #try(args: readonly string[]) {
    return runGit(args, { cwd: this.#folder, repository: 'discovered' });
  }

  async #git(args: readonly string[]): Promise<void> {
    const result = await this.#try(args);
    if (result.ok) return;
    const remedy =
      result.code === 'git-missing'
        ? 'Install git, or keep the guardrails in this repository.'
        : `See whether git can reach it: git ls-remote ${this.#source.url}`;
    throw new SourceFault(`it cannot be fetched: ${result.message}`, remedy);
  }
}

/** `<mode> <type> <hash> <size>\t<path>`; links and submodules lead elsewhere and are left out. */
function readEntry(line: string): { path: string; hash: string; bytes: number }[] {
  const [facts = '', path = ''] = split(line, '\t');
  const [mode = '', , hash = '', size = ''] = facts.split(/ +/);
  return mode.startsWith('100') ? [{ path, hash, bytes: Number(size) }] : [];
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}

import { type GitOptions, runGit } from './git.ts';
import { type GitProblem, problemFrom } from './git-problem.ts';

export type BlobsResult = { ok: true; contents: Map<string, Uint8Array> } | { ok: false; problem: GitProblem };

/**
 * Reads objects by hash with one `git cat-file --batch`. Hashes rather than `REV:path`, because the protocol is
 * line-based and a path may hold a newline. Hashes git does not have are absent from the map.
 */
export async function readBlobs(hashes: readonly string[], options: GitOptions): Promise<BlobsResult> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return { ok: true, contents: new Map() };
  const input = wanted.map((hash) => `${hash}\n`).join('');
  const result = await runGit(['cat-file', '--batch'], { ...options, input });
  if (!result.ok) return { ok: false, problem: problemFrom(result) };
  return { ok: true, contents: parseBatch(result.stdout) };
}

/** How large objects are, by hash; those that git does not have are absent from the map. Nothing of them is read. */
export async function readBlobSizes(
  hashes: readonly string[],
  options: GitOptions,
): Promise<{ ok: true; sizes: Map<string, number> } | { ok: false; problem: GitProblem }> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return { ok: true, sizes: new Map() };
  const input = wanted.map((hash) => `${hash}\n`).join('');
  const result = await runGit(['cat-file', '--batch-check'], { ...options, input });
  if (!result.ok) return { ok: false, problem: problemFrom(result) };
  const lines = result.stdout.toString('latin1').split('\n');
  const sizes = lines.flatMap((line): [string, number][] => {
    const [hash = '', type, size] = line.split(' ');
    return type === 'blob' ? [[hash, Number(size)]] : [];
  });
  return { ok: true, sizes: new Map(sizes) };
}

/** `<hash> blob <size>\n<content>\n` per object, or `<hash> missing\n`. */
function parseBatch(output: Buffer): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  let offset = 0;
  while (offset < output.length) {
    const headerEnd = output.indexOf('\n', offset);
    const [hash = '', type, size] = output.toString('latin1', offset, headerEnd).split(' ');
    offset = headerEnd + 1;
    if (type === 'missing') continue;
    const end = offset + Number(size);
    if (type === 'blob') contents.set(hash, output.subarray(offset, end));
    offset = end + 1;
  }
  return contents;
}

import { pack } from 'tar-stream';

export type Entry = { name: string; content: string } | { name: string; link: string };

/** A tar archive, whatever nonsense its names are. */
export async function tarball(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const entry of entries) {
    if ('link' in entry) archive.entry({ name: entry.name, type: 'symlink', linkname: entry.link });
    else archive.entry({ name: entry.name }, entry.content);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

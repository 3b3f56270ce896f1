import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * What the build puts beside the program (scripts/build.mjs): all chunks lie in one folder, so that wherever this
 * module ends up, the files are next to it.
 */

/** Reads a `.wasm` of tree-sitter: its runtime, or a grammar. */
export function readGrammar(file: string): Promise<Uint8Array> {
  return readFile(new URL(`grammars/${file}`, import.meta.url));
}

/** Base name of tree-sitter's runtime, for `readGrammar`. */
export const SYNTAX_RUNTIME = 'web-tree-sitter.wasm';

/** The program that scan workers run. */
export const SCAN_WORKER = new URL('scan-worker.js', import.meta.url);

/** Absolute folder of the guardrails that come with Lockstep; null where the program runs without having been built. */
export function bundledGuardrails(): string | null {
  return bundledFolder('guardrails');
}

/** Absolute folder of the models that come with Lockstep; null as above. */
export function bundledModels(): string | null {
  return bundledFolder('models');
}

function bundledFolder(name: string): string | null {
  const folder = fileURLToPath(new URL(name, import.meta.url));
  return existsSync(folder) ? folder : null;
}

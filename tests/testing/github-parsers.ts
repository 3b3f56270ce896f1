import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Workflows from '@actions/workflow-parser';
import type * as Actions from '@actions/workflow-parser/actions/action-parser';
import { build } from 'esbuild';

const ENTRY = `
export { parseAction } from '@actions/workflow-parser/actions/action-parser';
export { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
`;

type Parsers = typeof Workflows & typeof Actions;

/** What GitHub's own parsers have to say against a workflow, and against an action; bundled, as Node cannot load their JSON. */
export async function loadGithubParsers() {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-parsers-'));
  const outfile = join(folder, 'parsers.mjs');
  try {
    const stdin = { contents: ENTRY, resolveDir: import.meta.dirname };
    await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
    const { parseAction, parseWorkflow, NoOperationTraceWriter }: Parsers = await import(pathToFileURL(outfile).href);
    const trace = new NoOperationTraceWriter();
    const messages = ({ context }: { context: { errors: { getErrors(): { message: string }[] } } }) =>
      context.errors.getErrors().map(({ message }) => message);
    return {
      faultsOfAction: (content: string) => messages(parseAction({ name: 'action.yml', content }, trace)),
      faultsOfWorkflow: (content: string) =>
        messages(parseWorkflow({ name: '.github/workflows/lockstep.yml', content }, trace)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { readCodeOwners } from '../../../guardrails/codeowners.ts';
import { neutralizeLine } from '../../../reports/neutralize.ts';
import { createPalette } from '../../../reports/palette.ts';
import { print } from '../../../reports/print.ts';
import { findProject } from '../../../targets/project.ts';
import { UsageError } from '../../usage-error.ts';
import { checkFolders } from '../check-folders.ts';
import { type FindingSeed, readFindingSeed } from './finding-seed.ts';
import type { NewFlags } from './flags.ts';
import { gather } from './gather.ts';
import { renderGuardrail } from './render.ts';

/** `lockstep guardrail new`: writes the folder only once its rule has been seen to find its examples. */
export async function runNew(id: string | null, flags: NewFlags): Promise<number> {
  const cwd = process.cwd();
  const seed = readSeed(flags);
  const parent = resolve(cwd, flags.dir ?? 'guardrails');
  // Before anything is asked.
  if (id !== null) refuseExisting(join(parent, id), cwd);
  const root = findProject(realpathSync(cwd), new Map())?.root ?? null;
  const isInteractive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const ask = isInteractive ? (await import('./ask.ts')).askOn({}) : null;
  const plan = await gather(id, flags, seed, root === null ? null : readCodeOwners(root), ask);
  const folder = join(parent, plan.id);
  refuseExisting(folder, cwd);
  const files = renderGuardrail(plan, schemaFor(folder, root ?? cwd));
  await writeTested(folder, plan.id, files);
  const shown = relative(cwd, folder) || folder;
  const checked = await checkFolders([shown], [], createPalette(false));
  const lines = [`wrote ${shown}`, ...Object.keys(files).map((name) => `  ${join(shown, name)}`)];
  print(`${lines.map(neutralizeLine).join('\n')}\n`);
  print(checked.isInOrder ? nextSteps(shown) : `\n${checked.text}`);
  return checked.isInOrder ? 0 : 1;
}

function refuseExisting(folder: string, cwd: string): void {
  if (!existsSync(folder)) return;
  throw new UsageError(`${relative(cwd, folder) || folder} exists already; nothing was written`);
}

function nextSteps(folder: string): string {
  const shown = neutralizeLine(folder);
  return `Its rule finds its examples. Next: put wrong and right code of your own into ${join(shown, 'tests')}
(files that belong together into a folder there), then lockstep guardrail check ${shown}
`;
}

function readSeed({ fromFinding, report }: NewFlags): FindingSeed | null {
  if (fromFinding === undefined) {
    if (report !== undefined) throw new UsageError('--report is for --from-finding, which is missing');
    return null;
  }
  if (report === undefined) {
    throw new UsageError('--from-finding needs --report: a file that lockstep scan --json -o FILE has written');
  }
  return readFindingSeed(report, fromFinding);
}

/** Written and checked elsewhere first, so that nothing half-right is left behind. */
async function writeTested(folder: string, id: string, files: Record<string, string>): Promise<void> {
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'lockstep-new-'));
  try {
    const draft = join(scratch, id);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), text);
    }
    const { isInOrder, text } = await checkFolders([draft], [], createPalette(false));
    if (!isInOrder) {
      const told = text.replaceAll(`${relative(process.cwd(), scratch)}/`, '').replaceAll(`${scratch}/`, '');
      throw new UsageError(
        `the guardrail would not work, and nothing was written:\n${told}` +
          'If the pattern is right, give code that it finds with --example',
      );
    }
    cpSync(draft, folder, { recursive: true, errorOnExist: true, force: false });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Where editors find the schema: in the package, as a project has it installed. */
function schemaFor(folder: string, root: string): string {
  return relative(folder, join(root, 'node_modules/lockstep/schema/guardrail.schema.json')).replaceAll('\\', '/');
}

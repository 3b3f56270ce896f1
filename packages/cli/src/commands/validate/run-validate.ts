import { openProject } from '../../config/open-project.ts';
import { neutralize } from '../../reports/neutralize.ts';
import { createPalette } from '../../reports/palette.ts';
import { print, tell } from '../../reports/print.ts';
import { projectNote } from '../../reports/project-note.ts';
import { quantity } from '../../reports/quantity.ts';
import { isFatal, type SetupProblem } from '../../reports/setup-problem.ts';
import { createFileScanner } from '../../workers/file-scanner.ts';
import type { ScanSetup } from '../../workers/scan-request.ts';
import { readColor } from '../scan/environment.ts';
import { loadRuleSet } from '../scan/load-rule-set.ts';
import type { RuleSource } from '../scan/settings.ts';

export interface ValidateOptions {
  /** Folders of models, besides those that come with Lockstep. */
  models: readonly string[];
  /** Nothing may be fetched. */
  offline: boolean;
  color: boolean;
}

/**
 * Checks rules and guardrails without scanning anything, and tells everything that is wrong on standard output. Exit
 * codes are those that a scan with these rules would have (semantics 01 §10).
 */
export async function runValidate(configs: readonly string[], options: ValidateOptions): Promise<number> {
  const source = sourceOf(configs, options);
  const ruleSet = await loadRuleSet(source, process.cwd());
  const compiled = await createFileScanner(ruleSet.rules, COMPILE_ONLY, () => {});
  const palette = createPalette(readColor(options.color, process.env) ?? process.stdout.isTTY);
  const setup = [...ruleSet.problems, ...ruleSet.guardrailProblems];
  const faults = [
    ...setup.map((problem) => ({ isError: problem.level === 'error', text: ruleSet.explain(problem) })),
    ...[...ruleSet.issues, ...compiled.ruleIssues].map(({ level, code, ruleId, message, remedy }) => ({
      isError: level === 'error',
      text: neutralize(`${message} [${code}] (rule ${ruleId})${remedy === '' ? '' : `\n  ${remedy}`}`),
    })),
  ];
  const errors = faults.filter(({ isError }) => isError).length;
  const broken = new Set(compiled.ruleIssues.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId));
  const sound = ruleSet.rules.filter(({ id }) => !broken.has(id)).length;
  const counts = [
    quantity(errors, 'error'),
    quantity(faults.length - errors, 'warning'),
    quantity(sound, 'sound rule'),
  ];
  const verdict = errors === 0 ? palette.green(`✓ ${counts.join(', ')}`) : palette.red(`✖ ${counts.join(', ')}`);
  const blocks = faults.map(({ isError, text }) => paintFirstLine(text, isError ? palette.red : palette.yellow));
  print(`${[...blocks, verdict].join('\n\n')}\n`);
  return errors === 0 ? 0 : exitCode(setup);
}

/** Who names nothing checks what a scan would run; without a `lockstep.yaml`, all rules in the folder. */
function sourceOf(configs: readonly string[], { models, offline }: ValidateOptions): RuleSource {
  const project = configs.length > 0 ? null : openProject(process.cwd());
  if (project !== null) {
    tell(projectNote(project));
    return { kind: 'project', project, rewriteIds: true, models, localOnly: false, offline };
  }
  const values = configs.length > 0 ? configs : ['.'];
  return { kind: 'config', values, isDefault: false, rewriteIds: false, models };
}

const COMPILE_ONLY: ScanSetup = {
  timeRules: false,
  suppressions: false,
  depth: 'file',
  interfile: false,
  rulePaths: false,
};

function paintFirstLine(text: string, paint: (text: string) => string): string {
  const [first = '', ...rest] = text.split('\n');
  return [paint(first), ...rest].join('\n');
}

/** 7 configuration, 8 unknown language, 2 a rule that cannot be run. */
function exitCode(problems: readonly SetupProblem[]): number {
  const fatal = problems.filter(isFatal);
  if (fatal.some(({ stage }) => stage !== 'language')) return 7;
  return fatal.length > 0 ? 8 : 2;
}

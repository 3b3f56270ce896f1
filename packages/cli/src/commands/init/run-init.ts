import { realpathSync, statSync } from 'node:fs';
import { allLanguages } from '@lockstep/engine';
import { readProjectConfig } from '@lockstep/guardrails';
import { LOCK_FILE } from '../../config/project-lock.ts';
import { PROJECT_FILES } from '../../config/rule-file-names.ts';
import { neutralize, neutralizeLine } from '../../reports/neutralize.ts';
import { print } from '../../reports/print.ts';
import { quantity } from '../../reports/quantity.ts';
import { findProject } from '../../targets/project.ts';
import type { InitFlags } from '../init-command.ts';
import { lockProject } from '../lock/lock-project.ts';
import { UsageError } from '../usage-error.ts';
import { type ProposedFile, proposeCiFiles, readText } from './ci-files.ts';
import { type Consent, type Outcome, offerFile } from './offer-file.ts';
import { type Proposal, proposeGuardrails } from './propose.ts';
import { renderConfig } from './render-config.ts';
import { type Survey, surveyRepository } from './survey.ts';

/** `lockstep init`: proposes what a repository is to be checked for, and writes what is agreed to. */
export async function runInit(folder: string, flags: InitFlags): Promise<number> {
  const root = rootOf(folder);
  const consent = await consentOf(flags);
  const survey = await surveyRepository(root);
  const proposals = await proposeGuardrails(survey);
  print(`${neutralize(describe(survey, proposals))}\n\n`);
  const config = proposeConfig(survey, proposals);
  const outcomes = [await offerFile(root, config, consent)];
  if (outcomes[0] === 'declined') throw new UsageError('nothing was written');
  const lock = await proposeLock(root, config, flags.offline ?? false);
  for (const file of [...lock, ...proposeCiFiles(survey)]) outcomes.push(await offerFile(root, file, consent));
  print(nextSteps(outcomes));
  return 0;
}

function rootOf(folder: string): string {
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    throw new UsageError(`${folder} is no folder`);
  }
  const real = realpathSync(folder);
  return findProject(real, new Map())?.root ?? real;
}

async function consentOf({ yes = false, dryRun = false }: InitFlags): Promise<Consent> {
  if (yes || dryRun) return { dryRun, ask: null };
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError('there is no terminal to ask on: pass --yes to write, or --dry-run to look');
  }
  const { confirmOn } = await import('./ask-terminal.ts');
  return { dryRun, ask: (question) => confirmOn({}, question) };
}

/** What was seen, in one paragraph. */
function describe({ languages, hasGuardrails, ruleFiles }: Survey, proposals: readonly Proposal[]): string {
  const titles = new Set(allLanguages().map(({ name }) => name));
  const seen = [...languages].filter(([name]) => titles.has(name)).sort(([, a], [, b]) => b - a);
  const files = seen.slice(0, 4).map(([name, count]) => `${name} (${quantity(count, 'file')})`);
  const libraries = [...new Set(proposals.flatMap(({ because }) => because))].filter((name) => !languages.has(name));
  return [
    `Languages: ${files.join(', ') || 'none that Lockstep knows'}.`,
    ...(libraries.length > 0 ? [`Libraries: ${libraries.sort().join(', ')}.`] : []),
    `Guardrails that come with Lockstep and fit: ${proposals.length}.`,
    ...(hasGuardrails ? ['Guardrails of its own: guardrails/.'] : []),
    ...(ruleFiles.length > 0 ? [`Rules of its own: ${ruleFiles.join(', ')}.`] : []),
  ].join('\n');
}

function proposeConfig(survey: Survey, proposals: readonly Proposal[]): ProposedFile {
  const { root, hasGuardrails, ruleFiles } = survey;
  const existing = PROJECT_FILES.find((name) => readText(root, name) !== null);
  if (existing === undefined && proposals.length === 0 && !hasGuardrails && ruleFiles.length === 0) {
    throw new UsageError(
      'there is nothing to check here yet: no guardrail that comes with Lockstep fits, and there are none in guardrails/. ' +
        'Write one with lockstep guardrail new',
    );
  }
  const path = existing ?? PROJECT_FILES[0];
  return { path, before: readText(root, path), after: renderConfig(survey, proposals) };
}

/** The lock of the file that counts: the one that is there, or the one that is proposed. */
async function proposeLock(
  root: string,
  { path, before, after }: ProposedFile,
  offline: boolean,
): Promise<ProposedFile[]> {
  const text = before ?? after;
  const { config } = readProjectConfig(text, path);
  if (config === null) {
    print(`${neutralizeLine(path)} cannot be used: lockstep scan says why\n\n`);
    return [];
  }
  const locked = await lockProject({ root, file: path, config }, offline);
  if (!locked.ok) throw new UsageError(locked.faults.join('\n'));
  if (locked.text === '') return [];
  return [{ path: LOCK_FILE, before: locked.lock.text === '' ? null : locked.lock.text, after: locked.text }];
}

function nextSteps(outcomes: readonly Outcome[]): string {
  if (outcomes.every((outcome) => outcome === 'there already')) return 'Everything is in place.\n';
  if (!outcomes.includes('written')) return 'Nothing was written.\n';
  return (
    'Next: lockstep scan, to see what there is; then commit these files.\n' +
    'No build fails yet: lockstep promote moves a guardrail on, once its findings have been read.\n'
  );
}

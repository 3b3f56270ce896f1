import { FileContext, findEntry, RuleFileLines, type RuleProblem, readYaml, type YamlMap } from '@lockstep/engine';
import { type FirstFix, type Guardrail, ORIGIN_KINDS, type Origin, STAGES } from './guardrail.ts';
import { readChoice, readLanguages, readText, readTextOr, readUrl, section, warnOfUnknownKeys } from './read-values.ts';

export interface GuardrailReading {
  /** null if anything is wrong with it. */
  guardrail: Guardrail | null;
  /** In the order of their places. */
  problems: RuleProblem[];
}

const KEYS = ['id', 'promise', 'weakness', 'owners', 'origin', 'fix', 'stage', 'languages'];

/**
 * Reads a `guardrail.yaml`, reporting everything that is wrong with it. `file` is named in problems; `folder` is the
 * name of the folder it lies in, which its id must be. Never throws.
 */
export function readGuardrail(text: string, file: string, folder: string): GuardrailReading {
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const context = new FileContext(file, new RuleFileLines(normal));
  const { root, problems } = readYaml(normal);
  for (const problem of problems) context.report(problem.code, problem, '', problem.message, problem.suggestion);
  // After a syntax error the reader guesses, and what it would miss then is there.
  const isReadable = !problems.some(({ code }) => code === 'yaml-syntax');
  const map = root === null ? emptyFile(context, problems.length) : context.map(root, '', 'a mapping: a guardrail');
  const guardrail = map === null || !isReadable ? null : readMap(context, map, folder);
  context.problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { guardrail: context.errorCount > 0 ? null : guardrail, problems: context.problems };
}

function emptyFile(context: FileContext, problemCount: number): null {
  if (problemCount > 0) return null;
  context.report('empty-file', { start: 0, end: 0 }, '', 'the file is empty', 'a guardrail has at least a promise');
  return null;
}

function readMap(context: FileContext, map: YamlMap, folder: string): Guardrail {
  warnOfUnknownKeys(context, map, KEYS, '');
  const id = readText(context, map, 'id', 'the name of its folder');
  const idNode = findEntry(map, 'id')?.value;
  if (id !== '' && id !== folder && idNode !== undefined) {
    context.report('bad-id', idNode, 'id', `the id \`${id}\` is not the name of the folder`, `write \`${folder}\``);
  }
  return {
    id,
    promise: readText(context, map, 'promise', 'one sentence that says what the code keeps to'),
    weakness: readWeakness(context, map),
    owners: readOwners(context, map),
    origin: readOrigin(context, map),
    fix: readFix(context, map),
    stage: readChoice(context, map, 'stage', STAGES) ?? STAGES[0],
    languages: readLanguages(context, map),
  };
}

function readWeakness(context: FileContext, map: YamlMap): string {
  const weakness = readText(context, map, 'weakness', 'such as `CWE-532`');
  const node = findEntry(map, 'weakness')?.value;
  if (weakness === '' || node === undefined || /^CWE-[1-9]\d*$/.test(weakness)) return weakness;
  const number = /\d+/.exec(weakness)?.[0];
  const suggestion = number === undefined ? 'find one at https://cwe.mitre.org' : `write \`CWE-${number}\``;
  context.report(
    'bad-value',
    node,
    'weakness',
    `\`${weakness}\` is not a CWE; expected \`CWE-\` and a number`,
    suggestion,
  );
  return weakness;
}

function readOwners(context: FileContext, map: YamlMap): Guardrail['owners'] {
  const owners = section(context, map, 'owners', ['security', 'engineering']);
  if (owners === null) {
    if (findEntry(map, 'owners') === undefined)
      context.missingKey(map, '', 'owners', '`{ security: …, engineering: … }`');
    return { security: '', engineering: '' };
  }
  return {
    security: readText(context, owners, 'security', 'who answers for it in security', 'owners.'),
    engineering: readText(context, owners, 'engineering', 'who answers for it in engineering', 'owners.'),
  };
}

function readOrigin(context: FileContext, map: YamlMap): Origin | null {
  const origin = section(context, map, 'origin', ['kind', 'date', 'link']);
  if (origin === null) return null;
  const kind = readChoice(context, origin, 'kind', ORIGIN_KINDS, 'origin.');
  const date = readTextOr(context, origin, 'date', 'origin.');
  const dateNode = findEntry(origin, 'date')?.value;
  if (date !== null && dateNode !== undefined && !isDate(date)) {
    context.report('bad-value', dateNode, 'origin.date', `\`${date}\` is not a date`, 'write it as `2026-01-31`');
  }
  return { kind: kind ?? 'review', date, link: readUrl(context, origin, 'link', 'origin.') };
}

function readFix(context: FileContext, map: YamlMap): FirstFix | null {
  const fix = section(context, map, 'fix', ['summary', 'change', 'test']);
  if (fix === null) return null;
  return {
    summary: readText(context, fix, 'summary', 'what was changed', 'fix.'),
    change: readTextOr(context, fix, 'change', 'fix.'),
    test: readTextOr(context, fix, 'test', 'fix.'),
  };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '@lockstep/engine';
import { allExceptions, type Exception, exceptionName, type Guardrail, lapseOf } from '@lockstep/guardrails';
import { type FoundGuardrail, findGuardrail, soundGuardrail } from '../../guardrails/find-guardrails.ts';
import { modelsFor, rulesOf } from '../../guardrails/rules-of.ts';
import { neutralize } from '../../reports/neutralize.ts';
import { createPalette, type Palette } from '../../reports/palette.ts';
import { print } from '../../reports/print.ts';
import { stringifyJson } from '../../reports/stringify-json.ts';
import { wrapText } from '../../reports/wrap-text.ts';
import { readColor } from '../scan/environment.ts';
import { countExamples, type ExampleCounts, exampleText } from './suite-of.ts';
import { today } from './today.ts';

/** `lockstep guardrail show`. */
export async function runShow(id: string, asJson: boolean): Promise<number> {
  const found = await findGuardrail(id, process.cwd());
  const guardrail = soundGuardrail(found);
  const rules = rulesOf(found, await modelsFor([found], []));
  const examples = await countExamples(found);
  if (asJson) {
    const shown = rules.map(({ id: ruleId, message, severity, languages }) => ({
      id: ruleId,
      severity,
      languages,
      message,
    }));
    print(stringifyJson({ folder: found.folder, guardrail, rules: shown, examples }));
  } else {
    const palette = createPalette(readColor(false, process.env) ?? process.stdout.isTTY);
    const text = neutralize(showLines(found, guardrail, rules, examples).join('\n'));
    print(`${text.replace(/^(\S.*)$/gm, heading(palette))}\n`);
  }
  return 0;
}

/** What starts at the margin is a heading. */
function heading({ bold }: Palette): (line: string) => string {
  return (line) => bold(line);
}

const WIDTH = 96;

function showLines(
  found: FoundGuardrail,
  guardrail: Guardrail,
  rules: readonly Rule[],
  examples: ExampleCounts,
): string[] {
  const { id, promise, message, references, history, policy } = guardrail;
  const exceptions = allExceptions(guardrail);
  return [
    id,
    ...indented(promise),
    '',
    ...facts(found, guardrail, examples).map(([name, value]) => `  ${`${name}:`.padEnd(13)}${value}`),
    ...section('Says', message === null ? [] : indented(message)),
    ...section(
      'Rules',
      rules.map(
        (rule) => `  ${rule.id}  (${rule.severity.toLowerCase()}, ${rule.location.file}:${rule.location.line})`,
      ),
    ),
    ...section(
      'Exceptions',
      exceptions.flatMap((exception) => exceptionLines(exception, lapseOf(exception, policy, today()))),
    ),
    ...section(
      'History',
      history.flatMap(({ date, from, to, who, why, evidence }) => [
        `  ${date}  ${from} → ${to}  ${who}`,
        ...indented(`${why}${evidence === null ? '' : ` (${evidence})`}`, '    '),
      ]),
    ),
    ...section(
      'References',
      references.map((reference) => `  ${reference}`),
    ),
  ];
}

function facts(
  { folder, absoluteFolder }: FoundGuardrail,
  guardrail: Guardrail,
  examples: ExampleCounts,
): [string, string][] {
  const { weakness, stage, owners, origin, fix, languages, paths } = guardrail;
  const lesson = join(absoluteFolder, 'lesson.md');
  return [
    ['stage', stage],
    ['weakness', weakness],
    ['owners', `${owners.security} (security), ${owners.engineering} (engineering)`],
    ...optionalFact('origin', origin === null ? [] : [origin.kind, origin.date, origin.link]),
    ...optionalFact('fix', fix === null ? [] : [fix.summary, fix.change, fix.test]),
    ...optionalFact('languages', languages),
    ...optionalFact('only', paths.include),
    ...optionalFact('not', paths.exclude),
    ['folder', folder],
    ...optionalFact('examples', exampleText(examples) === '' ? [] : [exampleText(examples)]),
    ...optionalFact('lesson', existsSync(lesson) ? ['lesson.md'] : []),
  ];
}

function optionalFact(name: string, values: readonly (string | null)[]): [string, string][] {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? [] : [[name, told.join(', ')]];
}

function exceptionLines(exception: Exception, lapse: string | null): string[] {
  const { reason, owner, approvedBy, until } = exception;
  const details = [
    approvedBy === null ? null : `approved by ${approvedBy}`,
    owner === null ? null : `owned by ${owner}`,
    until === null ? null : `until ${until}`,
    lapse === null ? null : `does not hold: ${lapse}`,
  ].filter((part) => part !== null);
  return [`  ${exceptionName(exception)}`, ...indented([reason, ...details].join('; '), '    ')];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function indented(text: string, margin = '  '): string[] {
  return wrapText(text, WIDTH).map((line) => margin + line);
}

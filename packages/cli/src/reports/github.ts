import type { Finding } from '@lockstep/engine';
import { bySeverity } from './by-severity.ts';
import { holesOf } from './holes.ts';
import { matchLines } from './match-lines.ts';
import { neutralize, neutralizeLine } from './neutralize.ts';
import { quantity } from './quantity.ts';
import { repositoryPath } from './repository-path.ts';
import { sarifLevel } from './sarif-rule.ts';
import { activeFindings, COMMAND_LINE_RULE, type ScanReport } from './scan-report.ts';
import { isFatal } from './setup-problem.ts';
import { shorten } from './shorten.ts';
import { escapeCommandMessage, escapeCommandProperty } from './workflow-commands.ts';

export interface GithubOptions {
  /** The job has a summary, which lists what annotations have no room for. */
  hasSummary: boolean;
}

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  level: Level;
  properties: Record<string, string | number>;
  message: string;
  /** null: it is not about a finding. */
  path: string | null;
}

const LEVELS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * GitHub's workflow commands: findings become annotations of the lines they are about, without a token or a service.
 * GitHub keeps ten of each level a step and drops the rest in silence; so the gravest come first, and a notice tells of
 * the others.
 */
export function formatGithub(report: ScanReport, { hasSummary }: GithubOptions): string {
  const all = [
    ...scanAnnotations(report),
    ...noteAnnotations(report),
    ...bySeverity(activeFindings(report)).map(findingAnnotation),
  ];
  const fitting = fit(all, { error: MAX_OF_LEVEL, warning: MAX_OF_LEVEL, notice: MAX_OF_LEVEL });
  if (fitting.length === all.length) return fitting.map(command).join('');
  // The notice takes the place of another.
  const shown = new Set(fit(all, { error: MAX_OF_LEVEL, warning: MAX_OF_LEVEL, notice: MAX_OF_LEVEL - 1 }));
  const left = all.filter((annotation) => !shown.has(annotation));
  return [...shown, moreNotice(left, hasSummary)].map(command).join('');
}

/** Of each level, in a step; a job keeps 50, which one step of ours cannot fill. */
const MAX_OF_LEVEL = 10;

function fit(annotations: readonly Annotation[], room: Record<Level, number>): Annotation[] {
  return annotations.filter(({ level }) => room[level]-- > 0);
}

function findingAnnotation(finding: Finding): Annotation {
  const { path, start, end, ruleId, severity, message } = finding;
  const match = matchLines(finding);
  // GitHub takes columns only where they are of one line.
  const columns = start.line === end.line ? { col: match.start + 1, endColumn: match.end + 1 } : {};
  return {
    level: LEVELS[sarifLevel(severity)],
    properties: {
      file: neutralizeLine(repositoryPath(path)),
      line: start.line,
      endLine: end.line,
      ...columns,
      title: ruleId === COMMAND_LINE_RULE ? 'Lockstep' : ruleId,
    },
    message,
    path,
  };
}

/** What is to be known before any finding: that nothing was scanned, or not everything. */
function scanAnnotations(report: ScanReport): Annotation[] {
  const isAborted = report.problems.some(isFatal);
  const holes = holesOf(report).map(({ text, places }) => [...places.slice(0, MAX_PLACES), text].join(': '));
  if (holes.length === 0) return [];
  return [
    {
      level: isAborted ? 'error' : 'warning',
      properties: { title: isAborted ? 'Lockstep: nothing was scanned' : 'Lockstep: not everything was looked at' },
      message: holes.join('\n'),
      path: null,
    },
  ];
}

function noteAnnotations({ notes }: ScanReport): Annotation[] {
  return notes
    .filter(({ level }) => level === 'notice')
    .map(({ title, items }) => {
      const message = [title, ...items].join('\n');
      return { level: 'notice', properties: { title: 'Lockstep' }, message, path: null };
    });
}

function moreNotice(left: readonly Annotation[], hasSummary: boolean): Annotation {
  const counts = new Map<string, number>();
  for (const { path } of left) if (path !== null) counts.set(path, (counts.get(path) ?? 0) + 1);
  const files = [...counts].map(([path, count]) => `${count} in ${path}`);
  const rest = files.length - MAX_PLACES;
  const where =
    files.slice(0, MAX_PLACES).join(', ') + (rest > 0 ? `, and others in ${quantity(rest, 'more file')}` : '');
  const remedy = hasSummary ? 'The job summary lists them.' : 'Any other report lists them, such as --markdown.';
  return {
    level: 'notice',
    properties: { title: `Lockstep: ${quantity(left.length, 'more finding')}` },
    message: `GitHub shows ${MAX_OF_LEVEL} annotations of a level; not shown: ${where}. ${remedy}`,
    path: null,
  };
}

const MAX_PLACES = 5;

function command({ level, properties, message }: Annotation): string {
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeCommandProperty(neutralizeLine(String(value)))}`,
  );
  return `::${level} ${list.join(',')}::${escapeCommandMessage(shorten(neutralize(message), MAX_MESSAGE))}\n`;
}

/** Characters; the runner cuts longer ones off without a sign. */
const MAX_MESSAGE = 4096;

import type { IssueCode, ScanIssue } from '@lockstep/engine';
import { quantity } from './quantity.ts';

/** What went wrong with files and rules while scanning, as summaries say it. */
export function issueText(code: IssueCode, count: number): string {
  const [one, many] = ISSUES[code];
  return `${count} ${count === 1 ? one : many}`;
}

/** Why files were skipped. */
export function skipText(reason: string, count: number): string {
  return `${quantity(count, 'file')} ${SKIP_REASONS[reason] ?? reason}`;
}

/** Where an issue is, with whatever a file name may hold. */
export function issuePlace({ ruleId, path, spans }: ScanIssue): string {
  const [span] = spans;
  const place = path === null ? '' : path + (span === undefined ? '' : `:${span.start.line}`);
  if (ruleId === null) return place;
  return place === '' ? ruleId : `${ruleId} on ${place}`;
}

/** Texts for one and for many. */
const ISSUES: Record<IssueCode, [one: string, many: string]> = {
  'rule-warning': ['part of a rule can never match', 'parts of rules can never match'],
  'rule-error': ['rule cannot be run', 'rules cannot be run'],
  'unsupported-rule': ['rule needs what this version cannot do yet', 'rules need what this version cannot do yet'],
  'incompatible-rule': ['rule is meant for another version', 'rules are meant for another version'],
  'unreadable-file': ['file could not be read', 'files could not be read'],
  'invalid-encoding': ['file is not valid UTF-8', 'files are not valid UTF-8'],
  'syntax-error': ['file could not be parsed', 'files could not be parsed'],
  'partial-parsing': ['file was parsed only in part', 'files were parsed only in part'],
  timeout: ['rule ran out of time on a file', 'times a rule ran out of time on a file'],
  'file-timeout': ['file was given up for taking too long', 'files were given up for taking too long'],
  'out-of-memory': ['file took too much memory', 'files took too much memory'],
  'too-many-matches': ['rule matched too often in a file', 'times a rule matched too often in a file'],
  'regex-error': ['regular expression gave up on a file', 'times a regular expression gave up on a file'],
  'condition-error': ['condition could not be evaluated', 'conditions could not be evaluated'],
  'faulty-suppression': [
    'comment does not allow what it is there for',
    'comments do not allow what they are there for',
  ],
  'unused-suppression': ['comment allows what nobody finds there', 'comments allow what nobody finds there'],
  'incomplete-flow': ['rule could not follow all flows of a file', 'times a rule could not follow all flows'],
  'coarse-flow': ['rule did not tell all flows of a file apart', 'times a rule did not tell all flows apart'],
  'internal-error': ['internal error', 'internal errors'],
};

/** In the order in which they are told. */
export const ISSUE_CODES = Object.keys(ISSUES) as readonly IssueCode[];

const SKIP_REASONS: Record<string, string> = {
  always_skipped: 'never scanned',
  semgrepignore_patterns_match: 'matching ignore patterns',
  Gitignore_patterns_match: 'ignored by git',
  cli_include_flags_do_not_match: 'not matching --include',
  cli_exclude_flags_match: 'matching --exclude',
  exceeded_size_limit: 'larger than --max-target-bytes',
  too_big: 'too big for a rule',
  minified: 'minified',
  binary: 'binary',
  Dotfile: 'hidden',
  Nonexistent_file: 'vanished',
  insufficient_permissions: 'not readable',
  excluded_by_config: 'excluded by the paths of every rule',
  wrong_language: 'in no language of the rules',
  irrelevant_rule: 'irrelevant to the rules',
  analysis_failed_parser_or_internal_error: 'not analysed because of an error',
  too_many_matches: 'with too many matches',
};

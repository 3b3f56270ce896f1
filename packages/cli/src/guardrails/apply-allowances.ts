import {
  type Allowance,
  type FileReport,
  type Finding,
  type Rule,
  type ScanIssue,
  TEXT_LANGUAGES,
} from '@lockstep/engine';
import { exceptionIn, guardrailIn, lapseOfInline, type Policy, withExceptionNote } from '@lockstep/guardrails';
import { isHarmless } from '../reports/completeness.ts';
import type { RuleGuardrail } from './apply-exceptions.ts';

/** What a comment in the code says of one guardrail or rule, and how that stands. */
export interface InlineException {
  path: string;
  allowance: Allowance;
  /** As written; empty where it names none. */
  name: string;
  /**
   * `unused`: the rule ran, and has nothing to say there; `unknown`: no rule of this scan is called so and is for such
   * files, or the file could not be scanned as it should; `lapsed`: it does not hold, whether it is needed or not.
   */
  status: 'used' | 'unused' | 'unknown' | 'lapsed';
  /** Whether it is about a finding, and holds or not. */
  isNeeded: boolean;
  /** Why it does not hold; null where it does. */
  lapse: string | null;
}

export interface AllowanceOptions {
  /** By rule id. */
  guardrails: ReadonlyMap<string, RuleGuardrail>;
  /** All rules of the scan. */
  rules: readonly Pick<Rule, 'id' | 'metadata' | 'languages'>[];
  /** What a file is scanned as, besides text. */
  languagesOf: (path: string) => readonly string[];
  today: string;
}

export interface AllowedReports {
  reports: FileReport[];
  inline: InlineException[];
}

/** Policy of rules without a guardrail: a reason is always asked for. */
const USUAL_POLICY: Policy = { exceptions: [], inline: true, comment: null, block: null };

/**
 * Marks the findings that a comment in the code allows as suppressed, with its reason. A comment that has ended, or
 * tells less than it must, suppresses nothing: the finding is there and says so.
 */
export function applyAllowances(reports: readonly FileReport[], options: AllowanceOptions): AllowedReports {
  const named = namedIn(options);
  const inline = reports.flatMap((report) => report.allowances.flatMap((each) => judged(each, report, named, options)));
  const byPath = new Map<string, InlineException[]>();
  for (const each of inline) byPath.set(each.path, [...(byPath.get(each.path) ?? []), each]);
  return {
    reports: reports.map((report) => {
      const own = byPath.get(report.path) ?? [];
      return { ...report, findings: report.findings.map((finding) => marked(finding, own, options)) };
    }),
    inline,
  };
}

/** What is wrong with comments in the code, for the report. `findsAll`: what is not needed can be told. */
export function allowanceIssues(inline: readonly InlineException[], findsAll: boolean): ScanIssue[] {
  return inline.flatMap(({ path, allowance: { start, end }, name, status, lapse }): ScanIssue[] => {
    const base = { level: 'warn' as const, path, ruleId: null, spans: [{ start, end }] };
    if (status === 'lapsed') {
      const message = `the comment allows nothing: ${lapse}`;
      return [{ ...base, code: 'faulty-suppression', message, remedy: 'put it right, or remove it' }];
    }
    if (status !== 'unused' || !findsAll) return [];
    return [
      { ...base, code: 'unused-suppression', message: `\`${name}\` has nothing to say here`, remedy: 'remove it' },
    ];
  });
}

/** What goes by a name: its policy, and the languages that its rules are for. */
interface Named {
  policy: Policy;
  languages: Set<string>;
}

function namedIn({ rules, guardrails }: AllowanceOptions): Map<string, Named> {
  const named = new Map<string, Named>();
  for (const { id, metadata, languages } of rules) {
    const policy = guardrails.get(id)?.guardrail.policy ?? USUAL_POLICY;
    for (const name of namesOf(id, metadata)) {
      const others = named.get(name)?.languages ?? [];
      named.set(name, { policy, languages: new Set([...others, ...languages]) });
    }
  }
  return named;
}

/** A rule is named by its guardrail, or by its id, whole or from a dot on. */
export function namesOf(ruleId: string, metadata: Finding['metadata']): string[] {
  const parts = ruleId.split('.');
  const guardrail = guardrailIn(metadata);
  return [...parts.map((_, at) => parts.slice(at).join('.')), ...(guardrail === null ? [] : [guardrail])];
}

function judged(
  allowance: Allowance,
  { path, findings, issues }: FileReport,
  named: ReadonlyMap<string, Named>,
  { today, languagesOf }: AllowanceOptions,
): InlineException[] {
  const names = allowance.names.length === 0 ? [''] : allowance.names;
  const fileLanguages = languagesOf(path);
  const isSound = issues.every(({ code }) => isHarmless(code));
  return names.map((name) => {
    const known = named.get(name);
    // In a text about code, comments are examples.
    const runs =
      name === ''
        ? fileLanguages.length > 0
        : [...(known?.languages ?? [])].some((each) => TEXT_LANGUAGES.has(each) || fileLanguages.includes(each));
    const lapse = lapseOfInline(allowance, known?.policy ?? USUAL_POLICY, today);
    const isNeeded = findings.some((finding) => isNamed(finding, name) && covers(allowance, finding));
    return { path, allowance, name, status: statusOf({ runs, isNeeded, isSound, lapse }), isNeeded, lapse };
  });
}

interface Standing {
  /** A rule of its name is for files like this. */
  runs: boolean;
  isNeeded: boolean;
  /** The file was scanned as it should be. */
  isSound: boolean;
  lapse: string | null;
}

function statusOf({ runs, isNeeded, isSound, lapse }: Standing): InlineException['status'] {
  if (!runs) return 'unknown';
  if (lapse !== null) return 'lapsed';
  if (isNeeded) return 'used';
  return isSound ? 'unused' : 'unknown';
}

function isNamed({ ruleId, metadata }: Finding, name: string): boolean {
  return namesOf(ruleId, metadata).includes(name);
}

/** On any line of the finding, or, alone on its line, above it. */
function covers({ start, below }: Allowance, finding: Finding): boolean {
  const isWithin = finding.start.line <= start.line && start.line <= finding.anchor.lastLine;
  return isWithin || below === finding.start.line;
}

function marked(finding: Finding, own: readonly InlineException[], { guardrails }: AllowanceOptions): Finding {
  const shown = withoutBareMarker(finding, guardrails.get(finding.ruleId)?.guardrail.policy ?? USUAL_POLICY);
  if (exceptionIn(shown.metadata) !== null) return shown;
  const fitting = own.filter(({ name, allowance }) => isNamed(finding, name) && covers(allowance, finding));
  const valid = fitting.find(({ lapse }) => lapse === null);
  if (valid !== undefined) {
    const { reason, owner, approvedBy, until, start } = valid.allowance;
    const note = { for: `the comment in line ${start.line}`, reason, owner, approvedBy, until };
    return { ...shown, ignored: true, metadata: withExceptionNote(shown.metadata, note) };
  }
  const [lapsed] = fitting;
  if (lapsed === undefined || shown.ignored) return shown;
  return { ...shown, message: `${shown.message} (A comment allows this, but ${lapsed.lapse}.)` };
}

/** Where a guardrail has no exceptions in the code, `nosemgrep` is none either. */
function withoutBareMarker(finding: Finding, policy: Policy): Finding {
  if (policy.inline || !finding.ignored || exceptionIn(finding.metadata) !== null) return finding;
  const note = 'A comment suppresses this, but the policy of the guardrail allows no exceptions in the code.';
  return { ...finding, ignored: false, message: `${finding.message} (${note})` };
}

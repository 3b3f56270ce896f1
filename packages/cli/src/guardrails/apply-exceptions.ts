import type { FileReport, Finding } from '@lockstep/engine';
import {
  type CodePlace,
  type Exception,
  type Guardrail,
  type Policy,
  type Ruling,
  ruleOn,
  withException,
} from '@lockstep/guardrails';
import { compileRulePaths } from '../targets/rule-paths.ts';
import type { ScanRequest } from '../workers/scan-request.ts';
import type { Outline } from './outline.ts';

/** What a rule has of its guardrail. */
export interface RuleGuardrail {
  guardrail: Guardrail;
  /** Its `guardrail.yaml`, as spelled. */
  file: string;
  exceptions: readonly Exception[];
}

export interface ExceptedReports {
  reports: FileReport[];
  /** Exceptions that were of use to a finding, whether they hold or not. */
  fitting: ReadonlySet<Exception>;
}

export interface ExceptionOptions {
  /** By rule id. */
  guardrails: ReadonlyMap<string, RuleGuardrail>;
  /** `2026-01-31`; null: dates are of no interest. */
  today: string | null;
  outline: (requests: readonly ScanRequest[]) => Promise<Outline>;
}

/**
 * Marks the findings that an exception covers as suppressed, with its reason; they are not lost. Where an exception no
 * longer holds, the finding says so.
 */
export async function applyExceptions(
  reports: readonly FileReport[],
  requests: readonly ScanRequest[],
  options: ExceptionOptions,
): Promise<ExceptedReports> {
  const exceptionsOf = ({ ruleId }: Finding) => options.guardrails.get(ruleId)?.exceptions ?? [];
  const concerned = new Set(
    reports.filter(({ findings }) => findings.some((each) => exceptionsOf(each).length > 0)).map(({ path }) => path),
  );
  if (concerned.size === 0) return { reports: [...reports], fitting: new Set() };
  const files = new Map(requests.map((request) => [request.path, request]));
  const judge = new Judge(await options.outline(requests.filter(({ path }) => concerned.has(path))), files);
  const fitting = new Set<Exception>();
  const judged = (finding: Finding): Finding => {
    const owner = options.guardrails.get(finding.ruleId);
    if (owner === undefined) return finding;
    const ruling = judge.rule(finding, owner.exceptions, owner.guardrail.policy, options.today);
    if (ruling.kind !== 'none') fitting.add(ruling.exception);
    return marked(finding, ruling);
  };
  return {
    reports: reports.map((report) =>
      concerned.has(report.path) ? { ...report, findings: report.findings.map(judged) } : report,
    ),
    fitting,
  };
}

/** Says which exceptions fit findings; globs are compiled once. */
export class Judge {
  readonly #outline: Outline;
  readonly #files: ReadonlyMap<string, ScanRequest>;
  readonly #globs = new Map<string, (path: string) => boolean>();

  constructor(outline: Outline, files: ReadonlyMap<string, ScanRequest>) {
    this.#outline = outline;
    this.#files = files;
  }

  rule(finding: Finding, exceptions: readonly Exception[], policy: Policy, today: string | null): Ruling {
    return ruleOn(this.placeOf(finding), exceptions, policy, today);
  }

  placeOf(finding: Pick<Finding, 'path' | 'start' | 'end'>): CodePlace {
    const rulePath = this.#files.get(finding.path)?.rulePath ?? finding.path;
    return {
      names: this.#outline.namesAt(finding),
      module: this.#outline.moduleOf(finding.path),
      isUnder: (glob) => this.#glob(glob)(rulePath),
    };
  }

  #glob(glob: string): (path: string) => boolean {
    const known = this.#globs.get(glob);
    if (known !== undefined) return known;
    const compiled = compileRulePaths({ include: [glob], exclude: [], narrowed: [] });
    const test = compiled.ok ? compiled.selects : () => false;
    this.#globs.set(glob, test);
    return test;
  }
}

function marked(finding: Finding, ruling: Ruling): Finding {
  switch (ruling.kind) {
    case 'none':
      return finding;
    case 'excepted':
      return { ...finding, ignored: true, metadata: withException(finding.metadata, ruling.exception) };
    case 'lapsed':
      return { ...finding, message: `${finding.message} (${lapseNote(ruling)})` };
  }
}

function lapseNote({ exception, why }: Extract<Ruling, { kind: 'lapsed' }>): string {
  return `There is an exception for this, but ${why}. Its reason was: ${exception.reason}`;
}

import type { FileReport, Rule } from '@lockstep/engine';
import type { Exception } from '@lockstep/guardrails';
import type { PoolOptions } from '../workers/scan-pool.ts';
import type { ScanRequest } from '../workers/scan-request.ts';
import { applyAllowances, type InlineException } from './apply-allowances.ts';
import { applyExceptions, type RuleGuardrail } from './apply-exceptions.ts';
import { outlineFiles } from './outline.ts';

/** Which exceptions findings had use for. */
export interface Governance {
  /** Those of guardrails that fitted something. */
  fitting: ReadonlySet<Exception>;
  /** Those in the code. */
  inline: InlineException[];
}

/** Before anything was found. */
export const UNGOVERNED: Governance = { fitting: new Set(), inline: [] };

export interface GovernOptions {
  /** By rule id. */
  guardrails: ReadonlyMap<string, RuleGuardrail>;
  rules: readonly Rule[];
  /** `2026-01-31`. */
  today: string;
  pool: PoolOptions;
}

export interface GovernedReports {
  reports: FileReport[];
  /** The same before the comments in the code. */
  excepted: FileReport[];
  governance: Governance;
}

/** Marks what guardrails except, then what comments in the code allow, as suppressed. */
export async function governFindings(
  found: readonly FileReport[],
  requests: readonly ScanRequest[],
  { guardrails, rules, today, pool }: GovernOptions,
): Promise<GovernedReports> {
  const outline = (wanted: readonly ScanRequest[]) => outlineFiles(wanted, pool);
  const { reports: excepted, fitting } = await applyExceptions(found, requests, { guardrails, today, outline });
  const languages = new Map(requests.map((request) => [request.path, request.languages]));
  const languagesOf = (path: string) => languages.get(path) ?? [];
  const { reports, inline } = applyAllowances(excepted, { guardrails, rules, today, languagesOf });
  return { reports, excepted, governance: { fitting, inline } };
}

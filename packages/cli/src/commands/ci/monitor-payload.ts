import type { Finding, Json } from '@lockstep/engine';
import { bySeverity } from '../../reports/by-severity.ts';
import { neutralizeLine } from '../../reports/neutralize.ts';
import { quantity } from '../../reports/quantity.ts';
import { activeFindings, type ScanReport } from '../../reports/scan-report.ts';
import type { CiRun } from './providers.ts';
import type { WebhookFormat } from './webhook.ts';

/** What the findings are about. */
export interface MonitorContext {
  run: CiRun;
  head: string;
  base: string | null;
}

/** What a webhook is sent: the findings that security alone sees. */
export function monitorPayload(report: ScanReport, context: MonitorContext, format: WebhookFormat): string {
  const findings = bySeverity(activeFindings(report));
  return JSON.stringify(format === 'slack' ? slackMessage(findings, context) : jsonMessage(findings, report, context));
}

function jsonMessage(findings: readonly Finding[], { version }: ScanReport, context: MonitorContext): object {
  const { run, head, base } = context;
  return {
    event: 'monitor-findings',
    version,
    provider: run.provider,
    repository: run.repository,
    url: run.url,
    head,
    base,
    findings: findings.map(({ ruleId, path, start, end, severity, message, fingerprint, metadata }) => ({
      rule: ruleId,
      path,
      line: start.line,
      end_line: end.line,
      severity,
      message,
      fingerprint,
      ...guardrailPart(metadata['lockstep']),
    })),
  };
}

function guardrailPart(part: Json | undefined): object {
  if (part == null || typeof part !== 'object' || Array.isArray(part)) return {};
  const { guardrail = null, promise = null, stage = null, owners = null } = part;
  return { guardrail, promise, stage, owners };
}

/** Slack takes 40,000 characters and shows 4,000; whoever reads on opens the run. */
const MAX_SHOWN = 20;
const MAX_MESSAGE = 300;

function slackMessage(findings: readonly Finding[], { run, head }: MonitorContext): object {
  const where = [run.repository, head.slice(0, 12)].filter((part) => part !== null).join(' at ');
  const shown = findings.slice(0, MAX_SHOWN).map(({ ruleId, path, start, message }) => {
    const place = escapeSlack(`${path}:${start.line}`);
    return `• *${escapeSlack(ruleId)}* ${place}\n${escapeSlack(message.slice(0, MAX_MESSAGE))}`;
  });
  const rest = findings.length - shown.length;
  const lines = [
    `*Lockstep: ${quantity(findings.length, 'finding')} at stage monitor* in ${escapeSlack(where)}`,
    ...shown,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...(run.url === null ? [] : [escapeSlack(run.url)]),
  ];
  return { text: lines.join('\n') };
}

/** `<!channel>` and links are made of angle brackets; what asterisks and the like do to text does no harm. */
function escapeSlack(text: string): string {
  return neutralizeLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

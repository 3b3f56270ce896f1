import type { Json, Severity } from '@lockstep/engine';
import { type LeftOut, MAX_DESCRIPTION, MAX_NAME } from './sarif-limits.ts';
import type { ReportRule } from './scan-report.ts';
import { shorten } from './shorten.ts';

/** How SARIF grades a finding (semantics 11 §3). */
export function sarifLevel(severity: Severity): 'error' | 'warning' | 'note' {
  if (severity === 'CRITICAL' || severity === 'HIGH' || severity === 'ERROR') return 'error';
  return severity === 'MEDIUM' || severity === 'WARNING' ? 'warning' : 'note';
}

/** A rule as an entry of `tool.driver.rules`, or nothing for no rule. */
export function sarifRule(rule: ReportRule | undefined, toolName: string, leftOut: LeftOut): object[] {
  if (rule === undefined) return [];
  const { id, metadata, severity } = rule;
  // GitHub takes no empty text.
  const message = rule.message || id;
  const url = ruleUrl(metadata);
  const helpUri = url === null ? null : asUri(url);
  const help = textOf(metadata['help']) ?? message;
  const securitySeverity = metadata['security-severity'];
  return [
    {
      defaultConfiguration: { level: sarifLevel(severity) },
      fullDescription: { text: shorten(message, MAX_DESCRIPTION) },
      help: { markdown: help + references(url, metadata), text: help },
      ...(helpUri === null ? {} : { helpUri }),
      id,
      name: shorten(id, MAX_NAME),
      properties: {
        precision: 'very-high',
        tags: leftOut.limitTags(tags(metadata)),
        ...(securitySeverity == null ? {} : { 'security-severity': securitySeverity }),
      },
      shortDescription: {
        text: shorten(textOf(metadata['shortDescription']) ?? `${toolName} Finding: ${id}`, MAX_DESCRIPTION),
      },
    },
  ];
}

/** Where a rule is explained: `source`, else `source-rule-url`. */
export function ruleUrl(metadata: ReportRule['metadata']): string | null {
  return textOf(metadata['source']) ?? textOf(metadata['source-rule-url']);
}

/** An address with nothing in it that an address must not hold; null for what is none. */
function asUri(text: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/i.test(text)) return text;
  return URL.canParse(text) ? new URL(text).href : null;
}

/** The texts of a metadata value that may be one text or a list of them. */
export function textsOf(value: Json | undefined): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === 'string');
}

function references(url: string | null, metadata: ReportRule['metadata']): string {
  const links = textsOf(metadata['references']).map((reference) => ` - [${reference}](${reference})\n`);
  if (url !== null) links.unshift(` - [Rule](${url})\n`);
  return links.length === 0 ? '' : `\n\n<b>References:</b>\n${links.join('')}`;
}

function tags(metadata: ReportRule['metadata']): string[] {
  const weaknesses = textsOf(metadata['cwe']);
  const confidence = textOf(metadata['confidence']);
  const all = [
    ...weaknesses,
    ...(weaknesses.length > 0 ? ['security'] : []),
    ...textsOf(metadata['owasp']).map((category) => `OWASP-${category}`),
    ...(confidence === null ? [] : [`${confidence} CONFIDENCE`]),
    ...textsOf(metadata['tags']),
  ];
  return [...new Set(all)].sort();
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

import type { Json, Severity } from '@lockstep/engine';
import type { ReportRule } from './scan-report.ts';

/** How SARIF grades a finding (semantics 11 §3). */
export function sarifLevel(severity: Severity): 'error' | 'warning' | 'note' {
  if (severity === 'CRITICAL' || severity === 'HIGH' || severity === 'ERROR') return 'error';
  return severity === 'MEDIUM' || severity === 'WARNING' ? 'warning' : 'note';
}

/** A rule as an entry of `tool.driver.rules`, or nothing for no rule. */
export function sarifRule(rule: ReportRule | undefined, toolName: string): object[] {
  if (rule === undefined) return [];
  const { id, message, metadata, severity } = rule;
  const url = ruleUrl(metadata);
  const help = textOf(metadata['help']) ?? message;
  const securitySeverity = metadata['security-severity'];
  return [
    {
      defaultConfiguration: { level: sarifLevel(severity) },
      fullDescription: { text: message },
      help: { markdown: help + references(url, metadata), text: help },
      ...(url === null ? {} : { helpUri: url }),
      id,
      name: id,
      properties: {
        precision: 'very-high',
        tags: tags(metadata),
        ...(securitySeverity == null ? {} : { 'security-severity': securitySeverity }),
      },
      shortDescription: { text: textOf(metadata['shortDescription']) ?? `${toolName} Finding: ${id}` },
    },
  ];
}

/** Where a rule is explained: `source`, else `source-rule-url`. */
export function ruleUrl(metadata: ReportRule['metadata']): string | null {
  return textOf(metadata['source']) ?? textOf(metadata['source-rule-url']);
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

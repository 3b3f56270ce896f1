import type { Finding, MetavariableValue, PropagatedValue, Trace, TraceStep } from '../findings/finding.ts';
import { fingerprint, type HashText } from '../findings/fingerprint.ts';
import { renderFix } from '../findings/fixes.ts';
import type { LineIndex } from '../findings/line-index.ts';
import type { Flow } from '../flow/taint/analyze-file.ts';
import type { Token } from '../flow/taint/value.ts';
import { abstractContent } from '../match/abstract-content.ts';
import type { Binding, RangeMatch } from '../match/bindings.ts';
import { interpolate, shownText } from '../match/interpolate.ts';
import type { MatchTarget } from '../match/target.ts';
import { replaceRegex } from '../text/replace-regex.ts';
import type { CompiledRule } from './compile-rules.ts';
import type { FileHost } from './file-host.ts';

export interface FindingSource {
  compiled: CompiledRule;
  match: RangeMatch;
  /** Of the rule, interpolated. */
  message: string;
  target: MatchTarget;
  host: FileHost;
  lines: LineIndex;
  path: string;
  blake2b512: HashText;
  /** Of a taint rule's finding. */
  flow: Flow | null;
}

/** A match as a finding: positions, metavariables, fix and identity. */
export function makeFinding(source: FindingSource): Finding {
  const { match, message, lines, path } = source;
  const { rule } = source.compiled;
  const metavariables = metavariableValues(source);
  return {
    ruleId: rule.id,
    path,
    start: lines.position(match.start),
    end: lines.position(match.end),
    message,
    severity: rule.severity,
    metadata: rule.metadata,
    metavariables,
    lines: lines.linesOf(match.start, match.end),
    trace: source.flow === null ? null : traceOf(source.flow, source),
    fix: fixOf(source),
    ignored: false,
    fingerprint: fingerprint(
      { formulaString: rule.formulaString, path, ruleId: rule.id, metavariables },
      source.blake2b512,
    ),
  };
}

function traceOf({ source, through, sink }: Flow, { target, lines, path }: FindingSource): Trace {
  const step = ({ start, end }: Token): TraceStep => ({
    path,
    start: lines.position(start),
    end: lines.position(end),
    content: target.text.slice(start, end),
  });
  return {
    source: { kind: 'place', step: step(source) },
    through: through.map(step),
    sink: { kind: 'place', step: step(sink) },
  };
}

function fixOf({ compiled, match, target, host }: FindingSource): string | null {
  const { rule, fixRegex } = compiled;
  const fix = rule.fix ?? match.fix;
  if (fix !== null) {
    return renderFix({
      fix,
      text: target.text,
      start: match.start,
      bindings: match.bindings,
      language: target.language,
      interpolate: (template) => interpolate(template, match.bindings, target, host),
    });
  }
  if (rule.fixRegex === null || fixRegex === null) return null;
  const matched = target.text.slice(match.start, match.end);
  return replaceRegex(fixRegex, matched, rule.fixRegex.replacement, rule.fixRegex.count);
}

function metavariableValues({ match, target, host, lines }: FindingSource): Record<string, MetavariableValue> {
  const values: Record<string, MetavariableValue> = {};
  for (const name of [...match.bindings.keys()].sort()) {
    const binding = match.bindings.get(name) as Binding;
    if (binding.start < 0) continue;
    const content = shownText(binding, target.text) ?? '';
    values[name] = {
      start: lines.position(binding.start),
      end: lines.position(binding.end),
      content,
      abstractContent: abstractContent(content, target.language),
      propagated: propagatedValue(binding, host, target),
    };
  }
  return values;
}

function propagatedValue(binding: Binding, host: FileHost, target: MatchTarget): PropagatedValue | null {
  const source = host.assignedSource(binding);
  if (source === null) return null;
  return { abstractContent: abstractContent(source, target.language), start: null, end: null };
}

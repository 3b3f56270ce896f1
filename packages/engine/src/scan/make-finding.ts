import { anchorOf } from '../findings/anchor.ts';
import type { Finding, MetavariableValue, PropagatedValue, Trace, TraceEnd, TraceStep } from '../findings/finding.ts';
import { fingerprint, type HashText } from '../findings/fingerprint.ts';
import { renderFix } from '../findings/fixes.ts';
import type { LineIndex } from '../findings/line-index.ts';
import type { Flow } from '../flow/taint/flow.ts';
import type { Ending } from '../flow/taint/summary.ts';
import type { Beginning, Token } from '../flow/taint/value.ts';
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
  /** Files that the flow goes through, by path. */
  fileOf: (path: string) => TraceFile;
}

/** What a trace shows of a file. */
export interface TraceFile {
  path: string;
  text: string;
  lines: LineIndex;
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
    anchor: anchorOf(
      { ruleId: rule.id, target: source.target, start: match.start, end: match.end },
      lines,
      source.blake2b512,
    ),
  };
}

function traceOf(flow: Flow, { fileOf }: FindingSource): Trace {
  const step = ({ path, start, end }: Token): TraceStep => {
    const { lines, text } = fileOf(path);
    return { path, start: lines.position(start), end: lines.position(end), content: text.slice(start, end) };
  };
  const begin = (beginning: Beginning, source: Token): TraceEnd => {
    if (beginning.kind === 'source') return { kind: 'place', step: step(source) };
    const { call, through, inner } = beginning;
    return { kind: 'call', step: step(call), through: through.map(step), inner: begin(inner, source) };
  };
  const end = (ending: Ending, sink: Token): TraceEnd => {
    if (ending.kind === 'sink') return { kind: 'place', step: step(sink) };
    const { call, through, inner } = ending;
    return { kind: 'call', step: step(call), through: through.map(step), inner: end(inner, sink) };
  };
  return {
    source: begin(flow.beginning, flow.source),
    through: flow.through.map(step),
    sink: end(flow.ending, flow.sink),
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

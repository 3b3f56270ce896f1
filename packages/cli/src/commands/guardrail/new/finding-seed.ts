import { readFileSync } from 'node:fs';
import { messageOf } from '@lockstep/engine';
import { UsageError } from '../../usage-error.ts';

/** What a finding of a report gives a new guardrail to start from. */
export interface FindingSeed {
  /** The matched code, generalised where it is a call. */
  pattern: string;
  /** The lines it stands on, without their common indentation. */
  example: string;
  weakness: string | null;
  message: string;
}

interface ReportedFinding {
  start: { line: number; col: number };
  end: { line: number; col: number };
  extra: { lines: string; message: string; metadata?: { cwe?: unknown } };
}

/** Reads the `number`th finding, from 1, of a JSON report. Throws `UsageError` where there is none. */
export function readFindingSeed(file: string, number: number): FindingSeed {
  const results = readResults(file);
  const finding = results[number - 1];
  if (finding === undefined)
    throw new UsageError(`${file} holds ${results.length} findings; there is no number ${number}`);
  if (!isFinding(finding)) {
    throw new UsageError(
      `finding ${number} of ${file} does not hold its code: make the report with lockstep scan --json`,
    );
  }
  const { lines, message, metadata } = finding.extra;
  return {
    pattern: generalised(matchedText(finding)),
    example: dedent(lines),
    weakness: cweIn(metadata?.cwe),
    message,
  };
}

function readResults(file: string): unknown[] {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as a JSON report: ${messageOf(error)}`);
  }
  const results = (report as { results?: unknown } | null)?.results;
  if (!Array.isArray(results)) throw new UsageError(`${file} is no report: it has no results`);
  return results;
}

function isFinding(value: unknown): value is ReportedFinding {
  const { start, end, extra } = (value ?? {}) as Partial<ReportedFinding>;
  const places = [start?.line, start?.col, end?.line, end?.col];
  // What Semgrep writes in place of the code where nobody is logged in.
  const isWithheld = extra?.lines === 'requires login';
  return (
    places.every((number) => typeof number === 'number') &&
    typeof extra?.lines === 'string' &&
    typeof extra.message === 'string' &&
    !isWithheld
  );
}

/** Columns count bytes. */
function matchedText({ start, end, extra }: ReportedFinding): string {
  const lines = extra.lines.split('\n').slice(0, end.line - start.line + 1);
  const last = lines.length - 1;
  const cut = lines.map((line, at) => {
    const bytes = Buffer.from(line, 'utf8');
    return bytes.subarray(at === 0 ? start.col - 1 : 0, at === last ? end.col - 1 : bytes.length).toString('utf8');
  });
  return cut.join('\n').trim();
}

/** A call with whatever arguments; other code stays as it is. */
function generalised(code: string): string {
  const callee = /^([\w.]+)\(/u.exec(code)?.[1];
  return callee !== undefined && code.endsWith(')') ? `${callee}(...)` : code;
}

function dedent(text: string): string {
  const lines = text.split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n');
}

function cweIn(cwe: unknown): string | null {
  const text = Array.isArray(cwe) ? cwe[0] : cwe;
  return typeof text === 'string' ? (/CWE-[1-9]\d*/.exec(text)?.[0] ?? null) : null;
}

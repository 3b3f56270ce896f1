import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '@lockstep/engine';
import type { ReportFormat } from './report-formats.ts';

/** One report to write: to a file, to a URL, or to standard output (null). */
export interface OutputRequest {
  format: ReportFormat;
  destination: string | null;
}

export interface OutputFlags {
  /** The format flags given (`--json`, `--sarif`, …); none means text. */
  formats: readonly ReportFormat[];
  /** `-o`: where the report in that format goes, in place of standard output. */
  output: string | null;
  /** `--<format>-output`: further reports. */
  extra: Partial<Record<ReportFormat, string>>;
}

export type OutputPlan = { ok: true; outputs: OutputRequest[] } | { ok: false; reason: string };

/** Which reports go where. At most one format flag may be given, and no destination twice. */
export function planOutputs({ formats, output, extra }: OutputFlags): OutputPlan {
  const [format = 'text', ...others] = new Set(formats);
  if (others.length > 0) {
    const flags = [format, ...others].map((each) => `--${each}`).join(', ');
    return {
      ok: false,
      reason: `Only one output format can be chosen: ${flags}. Use --<format>-output=FILE for more.`,
    };
  }
  const outputs: OutputRequest[] = [{ format, destination: output }];
  for (const [each, destination] of Object.entries(extra)) {
    if (outputs.some((other) => other.destination === destination)) {
      return { ok: false, reason: `Two reports would be written to ${destination}` };
    }
    outputs.push({ format: each as ReportFormat, destination });
  }
  return { ok: true, outputs };
}

/** The outside world of `writeOutputs`. */
export interface OutputWriter {
  print(text: string): Promise<void>;
  save(path: string, text: string): Promise<void>;
  post(url: string, text: string, contentType: string): Promise<void>;
  /** Bytes of a file that may not be there yet. */
  sizeOf(path: string): Promise<number>;
  append(path: string, text: string): Promise<void>;
}

/** GitHub's summary of a job (`GITHUB_STEP_SUMMARY`). */
export interface JobSummary {
  /** A file, which other commands of the same step may have written to. */
  path: string;
  render: (maxBytes: number) => string;
}

export interface OutputProblem {
  destination: string;
  message: string;
}

/**
 * Renders and writes every report; one that cannot be written does not keep the others from being. `render` is told
 * whether the text goes to standard output, where colour may be wanted.
 */
export async function writeOutputs(
  outputs: readonly OutputRequest[],
  render: (format: ReportFormat, toStandardOutput: boolean) => string,
  writer: OutputWriter,
): Promise<OutputProblem[]> {
  const problems: OutputProblem[] = [];
  for (const { format, destination } of outputs) {
    try {
      const text = render(format, destination === null);
      if (destination === null) await writer.print(text);
      else if (/^https?:\/\//.test(destination)) await writer.post(destination, text, contentType(format));
      else await writer.save(destination, text);
    } catch (error) {
      problems.push({ destination: destination ?? 'standard output', message: messageOf(error) });
    }
  }
  return problems;
}

/** Adds to the summary of a job as much as there is room for: GitHub refuses one that is too long, and then shows nothing. */
export async function writeJobSummary({ path, render }: JobSummary, writer: OutputWriter): Promise<OutputProblem[]> {
  try {
    const text = render(MAX_SUMMARY_BYTES - (await writer.sizeOf(path)));
    if (text !== '') await writer.append(path, text);
    return [];
  } catch (error) {
    return [{ destination: path, message: messageOf(error) }];
  }
}

const MAX_SUMMARY_BYTES = 1024 * 1024;

/** Standard output, the file system (missing folders are created), and HTTP. */
export const processWriter: OutputWriter = {
  print: (text) =>
    new Promise((resolve, reject) => {
      // A pipe takes long texts in pieces: leaving before the callback would cut them short.
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    }),
  async save(path, text) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  },
  async sizeOf(path) {
    return stat(path).then(
      ({ size }) => size,
      () => 0,
    );
  },
  append: appendFile,
  async post(url, text, type) {
    const response = await fetch(url, { method: 'POST', body: text, headers: { 'content-type': type } });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  },
};

const CONTENT_TYPES: Partial<Record<ReportFormat, string>> = {
  text: 'text/plain',
  emacs: 'text/plain',
  vim: 'text/plain',
  github: 'text/plain',
  'junit-xml': 'application/xml',
  csv: 'text/csv',
  markdown: 'text/markdown',
  html: 'text/html',
};

function contentType(format: ReportFormat): string {
  return CONTENT_TYPES[format] ?? 'application/json';
}

import { mkdir, writeFile } from 'node:fs/promises';
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
  async post(url, text, type) {
    const response = await fetch(url, { method: 'POST', body: text, headers: { 'content-type': type } });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  },
};

function contentType(format: ReportFormat): string {
  if (format === 'junit-xml') return 'application/xml';
  return format === 'text' || format === 'emacs' || format === 'vim' ? 'text/plain' : 'application/json';
}

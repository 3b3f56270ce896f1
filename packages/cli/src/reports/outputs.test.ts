import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type OutputWriter, planOutputs, processWriter, writeJobSummary, writeOutputs } from './outputs.ts';
import type { ReportFormat } from './report-formats.ts';

describe('planOutputs', () => {
  test.each<[ReportFormat[], string | null, Partial<Record<ReportFormat, string>>, [ReportFormat, string | null][]]>([
    [[], null, {}, [['text', null]]],
    [['json'], null, {}, [['json', null]]],
    [['json', 'json'], 'out.json', {}, [['json', 'out.json']]],
    [[], null, { sarif: 'a.sarif' }, [['text', null], ['sarif', 'a.sarif']]], // biome-ignore format: one row a case
    [['vim'], 'v', { json: 'j', text: 't' }, [['vim', 'v'], ['json', 'j'], ['text', 't']]], // biome-ignore format: one row a case
  ])('%j -o %s %j', (formats, output, extra, expected) => {
    const outputs = expected.map(([format, destination]) => ({ format, destination }));
    expect(planOutputs({ formats, output, extra })).toEqual({ ok: true, outputs });
  });

  test.each<[ReportFormat[], string | null, Partial<Record<ReportFormat, string>>, string]>([
    [
      ['json', 'sarif'],
      null,
      {},
      'Only one output format can be chosen: --json, --sarif. Use --<format>-output=FILE for more.',
    ],
    [['json'], 'out', { sarif: 'out' }, 'Two reports would be written to out'],
  ])('%j -o %s %j is refused', (formats, output, extra, reason) => {
    expect(planOutputs({ formats, output, extra })).toEqual({ ok: false, reason });
  });
});

describe('writeOutputs', () => {
  const render = (format: ReportFormat, toStandardOutput: boolean) => `${format}${toStandardOutput ? ' (out)' : ''}\n`;

  test('one failure does not keep the others from being written', async () => {
    const calls: string[][] = [];
    const writer: OutputWriter = {
      ...processWriter,
      print: async (text) => void calls.push(['print', text]),
      save: async (path, text) => {
        if (path === 'bad') throw new Error('disk full');
        calls.push(['save', path, text]);
      },
      post: async (url, text, type) => void calls.push(['post', url, text, type]),
    };
    const problems = await writeOutputs(
      [
        { format: 'json', destination: 'bad' },
        { format: 'text', destination: null },
        { format: 'sarif', destination: 'a/b.sarif' },
        { format: 'junit-xml', destination: 'https://example.com/x' },
      ],
      render,
      writer,
    );
    expect(problems).toEqual([{ destination: 'bad', message: 'disk full' }]);
    expect(calls).toEqual([
      ['print', 'text (out)\n'],
      ['save', 'a/b.sarif', 'sarif\n'],
      ['post', 'https://example.com/x', 'junit-xml\n', 'application/xml'],
    ]);
  });

  test('folders are created', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'outputs-'));
    const destination = join(folder, 'new', 'deep', 'r.json');
    expect(await writeOutputs([{ format: 'json', destination }], render, processWriter)).toEqual([]);
    expect(await readFile(destination, 'utf8')).toBe('json\n');
    await rm(folder, { recursive: true });
  });

  test('a URL is posted to, and a refusal reported', async () => {
    const bodies: string[] = [];
    const server = createServer(async (request, response) => {
      for await (const chunk of request) bodies.push(`${request.headers['content-type']} ${chunk}`);
      response.writeHead(request.url === '/no' ? 403 : 200).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outputs = ['/yes', '/no'].map((path) => ({ format: 'sarif' as const, destination: origin + path }));
    expect(await writeOutputs(outputs, render, processWriter)).toEqual([
      { destination: `${origin}/no`, message: '403 Forbidden' },
    ]);
    expect(bodies).toEqual(['application/json sarif\n', 'application/json sarif\n']);
    server.close();
  });
});

describe('writeJobSummary', () => {
  const MEBIBYTE = 1024 * 1024;

  test('adds to what is there, and says how much room that leaves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'outputs-'));
    const path = join(folder, 'summary.md');
    const rooms: number[] = [];
    const render = (maxBytes: number) => {
      rooms.push(maxBytes);
      return `né ${rooms.length}\n`;
    };
    expect(await writeJobSummary({ path, render }, processWriter)).toEqual([]);
    expect(await writeJobSummary({ path, render }, processWriter)).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('né 1\nné 2\n');
    expect(rooms).toEqual([MEBIBYTE, MEBIBYTE - 6]);
    await rm(folder, { recursive: true });
  });

  test('a file that cannot be written is a problem of its own', async () => {
    const path = '/nowhere/summary.md';
    const problems = await writeJobSummary({ path, render: () => 'text\n' }, processWriter);
    expect(problems).toEqual([{ destination: path, message: expect.stringContaining('ENOENT') }]);
  });
});

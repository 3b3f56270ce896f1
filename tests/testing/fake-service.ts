import { execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A comment on a fake service; `author` is `us` for those of the token. */
export interface FakeComment {
  id: number;
  author: string;
  body: string;
}

/** A thread beside a line. */
export interface FakeThread {
  id: string;
  path: string;
  line: number;
  startLine: number | null;
  isResolved: boolean;
  comments: FakeComment[];
}

/** What a request asks of a fake, and what the fake has been asked. */
export interface Asked {
  method: string;
  /** `http://127.0.0.1:1234` */
  origin: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** What there is of a change on a fake service. Real ones give at most 100 of anything at once; these give two. */
export class FakeChange {
  readonly root: string;
  readonly base: string;
  threads: FakeThread[] = [];
  comments: FakeComment[] = [];
  #ids = 3_000_000_000;

  constructor(root: string, base = 'main') {
    this.root = root;
    this.base = base;
  }

  static readonly PAGE = 2;

  get head(): string {
    return this.git('rev-parse', 'HEAD').trim();
  }

  nextId(): number {
    return ++this.#ids;
  }

  /** The changed files with their patches, without the lines above the first hunk. */
  files(): { path: string; oldPath: string; patch: string }[] {
    const names = this.git('diff', '--name-status', '-M', this.base, 'HEAD').split('\n').filter(Boolean);
    return names
      .map((row) => row.split('\t'))
      .filter(([status]) => status !== 'D')
      .map((fields) => {
        const path = fields.at(-1) ?? '';
        const oldPath = fields[1] ?? path;
        const diff = this.git('diff', '-M', this.base, 'HEAD', '--', oldPath, path);
        return { path, oldPath, patch: diff.slice(Math.max(0, diff.indexOf('\n@@ ') + 1)) };
      });
  }

  /** Whether a line is one that the change shows on its new side. */
  shows(path: string, line: number): boolean {
    const patch = this.files().find((file) => file.path === path)?.patch ?? '';
    let at = 0;
    return patch.split('\n').some((row) => {
      const start = /^@@ -\S+ \+(\d+)/.exec(row)?.[1];
      if (start !== undefined) at = Number(start) - 1;
      else if (/^[ +]/.test(row)) at++;
      return start === undefined && /^[ +]/.test(row) && at === line;
    });
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, encoding: 'utf8' });
  }
}

/** Serves on this machine until the test ends. */
export async function serve(answer: (asked: Asked) => Reply): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const { method = '' } = request;
    const origin = `http://${request.headers.host}`;
    const each = { method, origin, path: url.pathname, query: url.searchParams, body: await readBody(request) };
    asked.push(each);
    const { status, body, headers } = answer(each);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  return bytes.length === 0 ? {} : (JSON.parse(bytes.toString()) as Record<string, unknown>);
}

/** One page of a list, with the link to the next as both services give it. */
export function pageOf<T>(list: readonly T[], { query, path, origin }: Asked): Reply {
  const page = Number(query.get('page') ?? 1);
  const end = page * FakeChange.PAGE;
  const body = list.slice(end - FakeChange.PAGE, end);
  if (end >= list.length) return { status: 200, body };
  const link = `<${origin}${path}?page=${page + 1}&per_page=${FakeChange.PAGE}>; rel="next"`;
  return { status: 200, body, headers: { link } };
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guardrailJsonSchema, projectJsonSchema } from '@lockstep/guardrails';
import { beforeAll, describe, expect, test } from 'vitest';
import { docExamples, FOLDER_NAME, fencedBlocks } from './testing/doc-examples.ts';
import { type JsonReport, lockstep, lockstepJson } from './testing/lockstep.ts';
import { sharedFolder } from './testing/shared-folder.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const PAGES = ['README.md', 'CONTRIBUTING.md', ...DOCS.map((name) => `docs/${name}`)];

function page(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

describe('rules in the documentation match what it says they match', () => {
  const examples = PAGES.flatMap((name) =>
    docExamples(page(name)).map((example) => ({ ...example, place: `${name}:${example.line}` })),
  ).map((example, at) => ({ ...example, folder: `example-${at}` }));
  const folder = sharedFolder(
    Object.fromEntries(
      examples.flatMap(({ folder, rules, file, code, extension }) => [
        [`${folder}/${file}`, rules.replace(FOLDER_NAME, folder)],
        [`${folder}/code${extension}`, code],
      ]),
    ),
  );
  let report: JsonReport;
  beforeAll(async () => {
    report = await lockstepJson(['scan', '--config', '.', '.'], { cwd: folder });
  });

  test('every rule can be run', () => {
    expect(report.errors).toEqual([]);
  });

  test.each(examples)('$place', ({ folder, extension, expected }) => {
    const results = report.results.filter(
      ({ check_id: rule, path }) => rule.startsWith(`${folder}.`) && path === `${folder}/code${extension}`,
    );
    const lines = new Map(results.map(({ start, extra }) => [start.line, extra['fix']]));
    expect([...lines.keys()]).toEqual(expected.map(({ line }) => line));
    for (const { line, fix } of expected) if (fix !== null) expect(lines.get(line)).toBe(fix);
  });
});

test('every flag is documented', async () => {
  const reference = page('docs/cli.md') + page('docs/ci.md');
  const guardrail = ['new', 'list', 'show', 'check', 'explain', 'inventory'].map((name) => ['guardrail', name]);
  const baseline = ['write', 'check', 'show'].map((name) => ['baseline', name]);
  const triage = ['mark', 'list', 'stats'].map((name) => ['triage', name]);
  const others = [['init'], ['lock'], ['promote'], ['demote'], ['exceptions']];
  const commands = [['scan'], ['ci'], ['test'], ['validate'], ...guardrail, ...baseline, ...triage, ...others];
  const helps = await Promise.all(commands.map((command) => lockstep([...command, '--help'], { cwd: ROOT })));
  const flags = new Set(helps.flatMap(({ stdout }) => stdout.match(/(?<=^ {2}.*)--[a-z][a-z-]+/gm) ?? []));
  expect([...flags].filter((flag) => !reference.includes(`\`${flag}`))).toEqual([]);
});

test.each([
  ['a guardrail', 'docs/guardrails.md', guardrailJsonSchema()],
  ['lockstep.yaml', 'docs/configuration.md', projectJsonSchema()],
])('every key of %s is documented', (_, name, schema) => {
  const text = page(name);
  const undocumented = keysOf(schema).filter((key) => !new RegExp(`\`[^\`\\n]*\\b${key}\\b`).test(text));
  expect(undocumented).toEqual([]);
});

/** The names of all properties, however deep. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { properties?: object };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)];
}

test.each(PAGES)('links of %s lead somewhere', (name) => {
  const links = [...page(name).matchAll(/\]\((?!https?:|mailto:)([^)#]*)(#[^)]*)?\)/g)];
  const broken = links.filter(([, path = '', anchor = '']) => !leadsSomewhere(name, path, anchor.slice(1)));
  expect(broken.map(([link]) => link)).toEqual([]);
});

function leadsSomewhere(from: string, path: string, anchor: string): boolean {
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === '' || headingAnchors(page(target)).includes(anchor);
}

/** As GitHub makes them. */
function headingAnchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('the quick start is two commands', () => {
  const section = /^## Quick start\n(.*?)^## /ms.exec(page('README.md'))?.[1] ?? '';
  const blocks = fencedBlocks(section).map(({ language, text }) => `${language}: ${text.trimEnd()}`);
  expect(blocks).toEqual([
    'sh: npm ci && npm run build && npx lockstep scan --config guardrails examples',
    'sh: npm ci && npm test',
  ]);
});

test('the README shows what the first command prints', async () => {
  const section = /^## What you see\n(.*?)^## /ms.exec(page('README.md'))?.[1] ?? '';
  const blocks = fencedBlocks(section).map(({ text }) => text);
  const summary = blocks.pop();
  const { stdout, stderr } = await lockstep(['scan', '--config', 'guardrails', 'examples'], { cwd: ROOT });
  expect(blocks).toHaveLength(2);
  for (const excerpt of blocks) expect(stdout).toContain(excerpt);
  expect(stderr).toContain(summary?.replace(/ in \d+\.\d s$/m, ' in N s'));
});

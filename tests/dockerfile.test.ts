import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Copy, DockerfileParser, type Instruction, type JSONInstruction } from 'dockerfile-ast';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VERSION } from '../packages/cli/src/version.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const dockerfile = DockerfileParser.parse(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
const [build = [], image = []] = stages(dockerfile.getInstructions());

function stages(instructions: Instruction[]): Instruction[][] {
  const starts = instructions.flatMap((each, at) => (each.getKeyword() === 'FROM' ? at : []));
  return starts.map((start, at) => instructions.slice(start, starts[at + 1]));
}

function words(instructions: Instruction[], keyword: string): string[][] {
  const found = instructions.filter((each) => each.getKeyword() === keyword);
  return found.map((each) => each.getArguments().map((argument) => argument.getValue()));
}

/** A folder on this machine for each that the steps of the first stage name. */
const machine = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-image-')));
const here = (command: string) => command.replace(/(?<= )\/(out|tmp)\b/g, `${machine}/$1`);

/** Takes the steps of the first stage, without Docker: what is copied comes from the files that the image's builder is sent. */
beforeAll(() => {
  const cwd = join(machine, 'build');
  for (const folder of ['build', 'out', 'tmp']) mkdirSync(join(machine, folder));
  const context = sentFiles();
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  for (const step of build) {
    const args = step.getArguments().map((argument) => argument.getValue());
    if (step.getKeyword() === 'COPY') copy(context, args, cwd);
    if (step.getKeyword() === 'RUN') {
      execFileSync('sh', ['-ec', here(step.getArgumentsContent() ?? '')], { cwd, env, stdio: 'pipe' });
    }
  }
}, 180_000);

afterAll(() => rmSync(machine, { recursive: true, force: true }));

function copy(context: string[], args: string[], cwd: string): void {
  const target = args.at(-1) ?? '';
  for (const source of args.slice(0, -1)) {
    const files = source === '.' ? context : context.filter((path) => path === source);
    if (files.length === 0) throw new Error(`COPY ${source}: not sent`);
    for (const path of files) {
      const destination = join(cwd, source === '.' ? path : join(target, basename(path)));
      mkdirSync(dirname(destination), { recursive: true });
      cpSync(join(ROOT, path), destination);
    }
  }
}

/** By .dockerignore: the last line that fits a path, or a folder above it, decides. */
function sentFiles(): string[] {
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const expression = (glob: string) =>
    glob.replace(/[.+]/g, '\\$&').replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
  const rules = patterns.map((line) => ({
    sends: line.startsWith('!'),
    path: new RegExp(`^${expression(line.replace(/^!/, ''))}(?:/|$)`),
  }));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  return files
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .filter((path) => rules.findLast((rule) => rule.path.test(path))?.sends ?? true);
}

test('what the builder is sent holds no test and no example', () => {
  const sent = sentFiles();
  expect(sent).toContain('guardrails/sensitive-columns/guardrail.yaml');
  expect(sent.filter((path) => /\.test\.|\/testing\/|\/tests\/|^(?:examples|docs|bench|\.git)\//.test(path))).toEqual(
    [],
  );
});

test('the first stage yields the program, and the second takes nothing else from it', () => {
  expect(words(image, 'COPY')).toEqual([['/out', '/usr/local']]);
  const [from] = image.filter((each) => each.getKeyword() === 'COPY') as Copy[];
  expect(from?.getFromFlag()?.getValue()).toBe('build');
  expect(readdirSync(join(machine, 'out/lib/node_modules'))).toEqual(['lockstep']);
  const run = (...args: string[]) =>
    execFileSync(join(machine, 'out/bin/lockstep'), args, { cwd: machine, encoding: 'utf8' });
  expect(run('--version')).toBe(`${VERSION}\n`);
  const flask = join(ROOT, 'examples/flask-shop/shop');
  expect(run('scan', '--config', 'lockstep:default', '--quiet', flask)).toContain('sensitive-columns');
});

test('the image: pinned bases, no root, git for what is mounted', () => {
  for (const [base] of words(dockerfile.getInstructions(), 'FROM')) expect(base).toMatch(/^node:\d+\.\d+-[a-z-]+$/);
  expect(words(image, 'USER')).toEqual([['node']]);
  expect(words(image, 'WORKDIR')).toEqual([['/src']]);
  const entry = image.find((each) => each.getKeyword() === 'ENTRYPOINT') as JSONInstruction;
  expect(entry.getJSONStrings().map((each) => each.getJSONValue())).toEqual(['lockstep']);
  const [run = ''] = image.flatMap((each) => (each.getKeyword() === 'RUN' ? (each.getArgumentsContent() ?? '') : []));
  expect(run).toMatch(/apt-get install .*--no-install-recommends .*\bgit\b/);
  expect(run).toContain('git config --system --add safe.directory /src');
});

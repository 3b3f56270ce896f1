// Bundles the command line into packages/cli/dist: the program, the worker, grammars, guardrails and models. Everything it
// needs is inside, so that the packed package installs without a network.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyNotices } from './third-party-notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/cli');
const finished = join(cli, 'dist');
// Put together elsewhere: whoever runs the program meanwhile finds the old one or the new one, and never half of it.
const dist = join(root, 'node_modules/.lockstep-build');
const require = createRequire(import.meta.url);

/** Tree-sitter's runtime and the grammars: which package ships which file. */
const WASM_FILES = [
  { package: 'web-tree-sitter', file: 'web-tree-sitter.wasm' },
  { package: 'tree-sitter-python', file: 'tree-sitter-python.wasm' },
];

/** Of a guardrail, users need these; its tests stay in the repository. */
const GUARDRAIL_FILES = ['guardrail.yaml', 'rules.yaml', 'lesson.md'];

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const packages = await bundle();
for (const { package: name, file } of WASM_FILES) copy(join(packageFolder(name), file), join(dist, 'grammars', file));
copyGuardrails();
copyModels();
const bundled = [...packages, ...WASM_FILES.map(({ package: name }) => name)];
writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(bundled.map(packageFolder)));
rmSync(finished, { recursive: true, force: true });
renameSync(dist, finished);

/**
 * Bundles the code; returns the names of the packages that went into it. Without blanks it is two thirds of the size
 * and loads 20 ms faster; shorter names would gain nothing more and make stack traces unreadable.
 *
 * @returns {Promise<string[]>}
 */
async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { lockstep: join(cli, 'src/main.ts'), 'scan-worker': join(cli, 'src/workers/scan-worker.ts') },
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // All chunks in one folder: modules find grammars, guardrails and models by their own place (src/installation.ts).
    chunkNames: '[name]-[hash]',
    minifyWhitespace: true,
    minifySyntax: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // Of `yaml`, the build for browsers is one of ES modules, which leaves out what is not used.
    alias: { yaml: join(packageFolder('yaml'), 'browser/index.js') },
    // What is left of CommonJS (commander, …) asks for Node's modules with `require`.
    banner: {
      js: "import{createRequire as createNodeRequire}from'node:module';const require=createNodeRequire(import.meta.url);",
    },
  });
  const names = Object.keys(metafile.inputs).flatMap((path) => {
    const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path) ?? [];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)].sort();
}

function copyGuardrails() {
  for (const id of readdirSync(join(root, 'guardrails'))) {
    for (const file of GUARDRAIL_FILES) {
      const source = join(root, 'guardrails', id, file);
      if (existsSync(source)) copy(source, join(dist, 'guardrails', id, file));
    }
  }
}

function copyModels() {
  for (const file of readdirSync(join(root, 'models'))) {
    if (file.endsWith('.yaml')) copy(join(root, 'models', file), join(dist, 'models', file));
  }
}

/**
 * @param {string} source
 * @param {string} destination
 */
function copy(source, destination) {
  mkdirSync(dirname(destination), { recursive: true });
  cpSync(source, destination);
}

/**
 * @param {string} name
 * @returns {string}
 */
function packageFolder(name) {
  const paths = require.resolve.paths(name) ?? [];
  const folder = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
  if (folder === undefined) throw new Error(`${name} is not installed: run npm ci`);
  return folder;
}

// Writes the JSON Schemas of guardrail.yaml and lockstep.yaml, which editors take from the package. They are made from the
// tables that the readers themselves use (packages/guardrails/src/*-fields.ts); a test fails where the two have drifted
// apart.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'packages/cli/schema');

mkdirSync(folder, { recursive: true });
// Each by itself: the reader of YAML, which the whole package needs, cannot be loaded in this way.
write('guardrail.schema.json', (await load('guardrail-schema.ts'))['guardrailJsonSchema']?.());
write('lockstep.schema.json', (await load('project-schema.ts'))['projectJsonSchema']?.());

/**
 * @param {string} name
 * @param {object | undefined} schema
 */
function write(name, schema) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, () => object>>}
 */
async function load(file) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join('packages/guardrails/src', file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    write: false,
    logLevel: 'warning',
  });
  const code = outputFiles[0]?.text ?? '';
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

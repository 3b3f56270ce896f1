// Writes the JSON Schema of guardrail.yaml, which editors take from the package. It is made from the table that the
// reader itself uses (packages/guardrails/src/guardrail-fields.ts); a test fails where the two have drifted apart.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'packages/cli/schema/guardrail.schema.json');

mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(await guardrailSchema(), null, 2)}\n`);

/** @returns {Promise<object>} */
async function guardrailSchema() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['packages/guardrails/src/guardrail-schema.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    write: false,
    logLevel: 'warning',
  });
  const code = outputFiles[0]?.text ?? '';
  const { guardrailJsonSchema } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return guardrailJsonSchema();
}

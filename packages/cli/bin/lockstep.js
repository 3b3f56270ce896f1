#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/lockstep.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('Lockstep has not been built yet: run `npm run build` first.\n');
  process.exitCode = 2;
}

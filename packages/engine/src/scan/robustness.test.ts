import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from '../findings/line-index.ts';
import { loadRules } from '../rules/load-rules.ts';
import { anyPython } from '../testing/generate-python.ts';
import { anyRuleFile } from '../testing/generate-rules.ts';
import { languages, scannerOptions } from '../testing/load-engine.ts';
import type { FileReport } from './report.ts';
import { Scanner } from './scanner.ts';

/** Runs a property; `FUZZ_RUNS` makes it longer, `FUZZ_SEED` repeats one. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 100);
const seed = process.env['FUZZ_SEED'] === undefined ? {} : { seed: Number(process.env['FUZZ_SEED']) };

test('generated', () => {
  const seen = new Map<string, number>();
  let slowest = 0;
  fc.assert(
    fc.property(anyRuleFile, anyPython, (yaml, text) => {
      const t = performance.now();
      const { rules } = loadRules(yaml, 'rules.yaml');
      const scanner = new Scanner(rules, languages, scannerOptions);
      const report = scanner.scan({ path: 'a.py', text, languages: ['python'] });
      const d = performance.now() - t;
      if (d > slowest) {
        slowest = d;
        console.log('slow', d, yaml.length, text.length);
        if (d > 1000) console.log(yaml, '\n----\n', text);
      }
      for (const i of [...scanner.issues, ...report.issues]) {
        const k = i.code + (i.code === 'internal-error' ? i.message : '');
        seen.set(k, (seen.get(k) ?? 0) + 1);
        if (i.code === 'internal-error' && seen.get(k) === 1) console.log(i.message, yaml, '\n----\n', text);
      }
      seen.set('findings', (seen.get('findings') ?? 0) + report.findings.length);
      seen.set('rules', (seen.get('rules') ?? 0) + rules.length);
      seen.set('runs', (seen.get('runs') ?? 0) + 1);
    }),
    { numRuns, ...seed },
  );
  console.log(seen);
});

import { setFlagsFromString } from 'node:v8';

/**
 * How much of a function runs (V8 counts bytes of its bytecode) before it is optimized; 67,584 if nothing is said. Code
 * that walks trees meets new shapes for long, and what was optimized early was thrown away and optimized again: a quarter
 * of the processor time of `lockstep ci` went into that, and a tenth of that of a scan of half a minute. With a budget of a
 * million, scans of half a minute took longer again.
 */
const INTERRUPT_BUDGET = 400_000;

/** Makes V8 optimize less eagerly; threads that are started from now on do so too. Later versions than 11 (Node 20) have no such fault. */
export function optimizeLater(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
}

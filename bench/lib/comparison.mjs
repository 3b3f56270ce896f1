import { seconds } from './markdown.mjs';
import { median } from './statistics.mjs';

/** @typedef {import('./tools.mjs').Tool} Tool */
/** @typedef {import('./measure.mjs').Run} Run */

/**
 * Runs tools in turns: whatever the machine does meanwhile hits both alike, and neither always finds the files cached.
 *
 * @template {Run} SomeRun
 * @param {readonly Tool[]} tools
 * @param {number} pairs
 * @param {(tool: Tool) => Promise<SomeRun>} run
 */
export async function inTurns(tools, pairs, run) {
  /** @type {Map<Tool, SomeRun[]>} */
  const runs = new Map(tools.map((tool) => [tool, []]));
  for (let pair = 0; pair < pairs; pair++) {
    for (const tool of pair % 2 === 0 ? tools : tools.toReversed()) {
      const done = await run(tool);
      process.stderr.write(`${tool.name}, run ${pair + 1}: ${seconds(done.wall)}\n`);
      runs.get(tool)?.push(done);
    }
  }
  return runs;
}

/**
 * The middle of each figure; null where no run has it.
 *
 * @param {readonly Run[]} runs
 */
export function medians(runs) {
  const of = (/** @type {(run: Run) => number | null} */ read) => {
    const values = runs.map(read).filter((value) => value !== null);
    return values.length === 0 ? null : median(values);
  };
  return {
    wall: median(runs.map(({ wall }) => wall)),
    cpu: of(({ cpu }) => cpu),
    largest: of(({ largest }) => largest),
    sum: of(({ sum }) => sum),
  };
}

/**
 * How many times more the first is.
 *
 * @param {number | null} a
 * @param {number | null} b
 */
export function ratio(a, b) {
  return a === null || b === null || b === 0 ? '–' : `${(a / b).toFixed(1)} ×`;
}

/**
 * One number where all runs agree, as they should; all of them where they do not.
 *
 * @param {readonly number[]} values
 */
export function distinct(values) {
  return [...new Set(values)].join(' / ');
}

/**
 * All figures, for a file; what the tools printed is no figure.
 *
 * @param {Map<Tool, readonly Run[]>} runs
 */
export function allFigures(runs) {
  const tools = [...runs].map(([{ name }, list]) => [
    name,
    { median: medians(list), runs: list.map(({ output: _, errors: __, ...run }) => run) },
  ]);
  return { unit: { time: 'ms', memory: 'bytes' }, tools: Object.fromEntries(tools) };
}

// Lockstep and Semgrep on one repository with the same rules, finding by finding.
import { writeFileSync } from 'node:fs';
import { describeMachine, machineLine } from './lib/machine.mjs';
import { percent, table } from './lib/markdown.mjs';
import { measure } from './lib/measure.mjs';
import { existingPath, optionalText, runScript, text, wholeNumber } from './lib/options.mjs';
import { lockstep, readReport, scanCommand, semgrep } from './lib/tools.mjs';

/** @typedef {import('./lib/tools.mjs').Tool} Tool */
/** @typedef {import('./lib/tools.mjs').Report} Report */
/** @typedef {{ rule: string, path: string, line: number }} Place */
/** @typedef {{ rules: string, jobs: number, flags: string[], cwd: string }} Scan */

const script = {
  name: 'agreement.mjs',
  description: `Scans a repository with both tools and compares what they find: same rule, file and start line. Where a
tool ran out of time on a file, it scans that file again without a limit, so that only differences of opinion remain.
Flags after -- go to both tools.`,
  options: {
    rules: { value: 'path', required: true, help: 'rule file or folder' },
    target: { value: 'folder', required: true, help: 'repository to scan; the tools run in it' },
    semgrep: { value: 'program', required: true, help: 'Semgrep' },
    lockstep: { value: 'program', help: 'another Lockstep than the one built in this repository' },
    depth: { value: 'depth', help: 'how far Lockstep follows taint; Semgrep does within functions' },
    jobs: { value: 'number', default: '2', help: 'jobs of each tool' },
    show: { value: 'number', default: '20', help: 'rules with differences to show' },
    json: { value: 'file', help: 'write all differences there' },
  },
};

await runScript(script, async (given) => {
  const reference = semgrep(text(given, 'semgrep'));
  const own = lockstep(optionalText(given, 'lockstep'), optionalText(given, 'depth'));
  const scan = {
    rules: existingPath(given, 'rules'),
    jobs: wholeNumber(given, 'jobs', 1),
    flags: given.extra,
    cwd: existingPath(given, 'target'),
  };
  const theirs = await findPlaces(reference, scan);
  const ours = await findPlaces(own, scan);
  const comparison = compare(theirs.places, ours.places);
  const machine = describeMachine([reference, own]);
  const notes = [
    timeoutNote(reference, theirs.slow),
    timeoutNote(own, ours.slow),
    scannedNote(theirs.files, ours.files),
  ];
  const summary = [`${machineLine(machine)}`, resultTable(comparison), notes.filter((note) => note !== '').join('\n')];
  summary.push(differenceTable(comparison, wholeNumber(given, 'show', 0)));
  process.stdout.write(`${summary.filter((part) => part !== '').join('\n\n')}\n`);
  const file = optionalText(given, 'json');
  if (file !== null) writeFileSync(file, `${JSON.stringify({ machine, ...comparison }, null, 2)}\n`);
});

/**
 * What a tool finds, and the files on which it had to be given more time.
 *
 * @param {Tool} tool
 * @param {Scan} scan
 */
async function findPlaces(tool, scan) {
  const first = await scanOnce(tool, scan, ['.'], []);
  const slow = new Set(first.errors.filter(isTimeout).flatMap(({ path }) => (path === undefined ? [] : [path])));
  const again = slow.size === 0 ? null : await scanOnce(tool, scan, [...slow], ['--timeout', '0']);
  const results = [...first.results.filter(({ path }) => !slow.has(path)), ...(again?.results ?? [])];
  const places = results.map(({ check_id, path, start }) => ({ rule: check_id, path, line: start.line }));
  return { places: new Map(places.map((place) => [keyOf(place), place])), slow, files: new Set(first.paths.scanned) };
}

/**
 * @param {Tool} tool
 * @param {Scan} scan
 * @param {string[]} targets
 * @param {string[]} flags
 * @returns {Promise<Report>}
 */
async function scanOnce(tool, scan, targets, flags) {
  const command = scanCommand(tool, { ...scan, targets, flags: [...scan.flags, ...flags] });
  const { output, errors, wall } = await measure(command, { cwd: scan.cwd });
  const report = readReport(tool, output, errors);
  const seconds = Math.round(wall / 1000);
  process.stderr.write(`${tool.name}: ${report.results.length} findings in ${seconds} s\n`);
  return report;
}

/** @param {Report['errors'][number]} error */
function isTimeout({ type }) {
  return type === 'Timeout' || type === 'Fixpoint timeout';
}

/** @param {Place} place */
function keyOf({ rule, path, line }) {
  return [path, line, rule].join('\0');
}

/**
 * @param {Map<string, Place>} theirs
 * @param {Map<string, Place>} ours
 */
function compare(theirs, ours) {
  const both = [...theirs.keys()].filter((key) => ours.has(key)).length;
  return {
    reference: theirs.size,
    ours: ours.size,
    both,
    union: theirs.size + ours.size - both,
    missed: without(theirs, ours),
    extra: without(ours, theirs),
  };
}

/**
 * @param {Map<string, Place>} these
 * @param {Map<string, Place>} those
 */
function without(these, those) {
  return [...these].filter(([key]) => !those.has(key)).map(([, place]) => place);
}

/** @param {ReturnType<typeof compare>} comparison */
function resultTable({ reference, ours, both, union, missed, extra }) {
  return table([
    ['', 'findings'],
    ['Semgrep', String(reference)],
    ['Lockstep', String(ours)],
    ['both', String(both)],
    ['Semgrep alone', String(missed.length)],
    ['Lockstep alone', String(extra.length)],
    ['agreement: both, of all', union === 0 ? '–' : percent(both / union)],
  ]);
}

/**
 * @param {Tool} tool
 * @param {Set<string>} slow
 */
function timeoutNote({ name }, slow) {
  if (slow.size === 0) return '';
  return `${name} ran out of time on ${[...slow].join(', ')} and was given as much as it wanted there.`;
}

/**
 * @param {Set<string>} theirs
 * @param {Set<string>} ours
 */
function scannedNote(theirs, ours) {
  const differing = [...theirs].filter((path) => !ours.has(path)).concat([...ours].filter((path) => !theirs.has(path)));
  return `${ours.size} files scanned${differing.length === 0 ? ' by both' : `; by one tool alone: ${differing.join(', ')}`}.`;
}

/**
 * The rules that differ most, with a place where they do.
 *
 * @param {ReturnType<typeof compare>} comparison
 * @param {number} shown
 */
function differenceTable({ missed, extra }, shown) {
  /** @type {Map<string, { missed: Place[], extra: Place[] }>} */
  const rules = new Map();
  for (const { rule } of [...missed, ...extra]) rules.set(rule, { missed: [], extra: [] });
  for (const place of missed) rules.get(place.rule)?.missed.push(place);
  for (const place of extra) rules.get(place.rule)?.extra.push(place);
  if (rules.size === 0) return '';
  const sorted = [...rules].sort(([, a], [, b]) => b.missed.length + b.extra.length - a.missed.length - a.extra.length);
  const rows = sorted.slice(0, shown).map(([rule, places]) => {
    const example = [...places.missed, ...places.extra][0];
    const where = example === undefined ? '' : `\`${example.path}:${example.line}\``;
    return [`\`${rule}\``, String(places.missed.length), String(places.extra.length), where];
  });
  return table([['rule', 'Semgrep alone', 'Lockstep alone', 'for example'], ...rows]);
}

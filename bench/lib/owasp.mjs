/**
 * A file of the OWASP Benchmark, and whether the weakness that it was written for is real or only looks so.
 *
 * @typedef {{ name: string, category: string, cwe: number, isReal: boolean }} TestCase
 */
/** @typedef {{ testCase: string, cwes: number[] }} TestFinding */

/**
 * @typedef {object} CategoryScore
 * @property {string} category
 * @property {number} cwe
 * @property {string[]} found real and reported
 * @property {string[]} missed real and not reported
 * @property {string[]} alarmed reported and not real
 * @property {string[]} silent neither
 */

/**
 * Weaknesses that are kinds of an expected one (MITRE's CWE-1000 view), in so far as rules for Python speak of them. The
 * benchmark's own scorecards count such relatives too; here they count only on demand.
 *
 * @type {Record<number, number[]>}
 */
const KINDS = {
  22: [23, 24, 35, 36],
  79: [80, 81, 83, 84, 85, 86, 87],
  89: [564],
  94: [95, 96, 97, 1336],
  328: [916],
  330: [331, 334, 335, 336, 337, 338, 340, 1204, 1241],
};

/**
 * Reads `expectedresults-*.csv`: name, category, real or not, CWE.
 *
 * @param {string} csv
 * @returns {TestCase[]}
 */
export function readExpected(csv) {
  const rows = csv.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return rows.map((row) => {
    const [name = '', category = '', isReal = '', cwe = ''] = row.split(',').map((field) => field.trim());
    if (!/^\d+$/.test(cwe)) throw new Error(`not a line of expected results: ${row}`);
    return { name, category, isReal: isReal === 'true', cwe: Number(cwe) };
  });
}

/**
 * What a report in Semgrep's shape says about test cases; other files (helpers) are nobody's test case, and drop out.
 *
 * @param {Pick<import('./tools.mjs').Report, 'results'>} report
 * @returns {TestFinding[]}
 */
export function readSemgrepFindings({ results }) {
  return results.map(({ path, extra }) => ({
    testCase: caseOf(path),
    cwes: [extra.metadata?.cwe ?? []].flat().map((text) => Number(/\d+/.exec(text)?.[0])),
  }));
}

/**
 * @param {{ results: { filename: string, issue_cwe: { id?: number } }[] }} report
 * @returns {TestFinding[]}
 */
export function readBanditFindings({ results }) {
  return results.map(({ filename, issue_cwe: { id } }) => ({
    testCase: caseOf(filename),
    cwes: id === undefined ? [] : [id],
  }));
}

/** @param {string} path */
function caseOf(path) {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '');
}

/**
 * By category, in the order of the cases: a case counts as reported when a finding in its file has its CWE or, with
 * `kinds`, a kind of it.
 *
 * @param {readonly TestCase[]} cases
 * @param {readonly TestFinding[]} findings
 * @param {{ kinds: boolean }} options
 * @returns {CategoryScore[]}
 */
export function scoreCategories(cases, findings, { kinds }) {
  const reported = new Set(findings.flatMap(({ testCase, cwes }) => cwes.map((cwe) => `${testCase} ${cwe}`)));
  /** @type {Map<string, CategoryScore>} */
  const scores = new Map();
  for (const { name, category, cwe, isReal } of cases) {
    const accepted = kinds ? [cwe, ...(KINDS[cwe] ?? [])] : [cwe];
    const isReported = accepted.some((each) => reported.has(`${name} ${each}`));
    const score = scores.get(category) ?? { category, cwe, found: [], missed: [], alarmed: [], silent: [] };
    scores.set(category, score);
    if (isReal) (isReported ? score.found : score.missed).push(name);
    else (isReported ? score.alarmed : score.silent).push(name);
  }
  return [...scores.values()];
}

/**
 * Shares between 0 and 1. The score is 0 for a tool that guesses, 1 for one that is always right.
 *
 * @param {CategoryScore} score
 */
export function ratesOf({ found, missed, alarmed, silent }) {
  const truePositives = share(found, missed);
  const falsePositives = share(alarmed, silent);
  return { truePositives, falsePositives, score: truePositives - falsePositives };
}

/**
 * The mean over categories, each of which counts the same, however many cases it has.
 *
 * @param {readonly CategoryScore[]} scores
 */
export function averageRates(scores) {
  const rates = scores.map(ratesOf);
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    truePositives: mean(rates.map(({ truePositives }) => truePositives)),
    falsePositives: mean(rates.map(({ falsePositives }) => falsePositives)),
    score: mean(rates.map(({ score }) => score)),
  };
}

/**
 * @param {readonly string[]} part
 * @param {readonly string[]} rest
 */
function share(part, rest) {
  return part.length === 0 ? 0 : part.length / (part.length + rest.length);
}

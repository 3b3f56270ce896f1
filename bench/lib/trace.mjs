/** @typedef {{ path: string, start: { line: number } }} Location */
/** @typedef {{ location: Location, content: string }} Variable */

/**
 * Where a flow starts or ends: a place, or a call with what happens inside.
 *
 * @typedef {['CliLoc', [Location, string]] | ['CliCall', [[Location, string], Variable[], TraceEnd]]} TraceEnd
 */

/** @typedef {{ taint_source: TraceEnd, intermediate_vars: Variable[], taint_sink: TraceEnd }} Trace */

/**
 * A trace of a JSON report as lines to read, a step each, deeper where a call is entered: `source  a.py:3  request.args`.
 *
 * @param {Trace} trace
 */
export function traceLines({ taint_source, intermediate_vars, taint_sink }) {
  return [
    ...endLines('source', taint_source, 0),
    ...intermediate_vars.map((variable) => variableLine(variable, 0)),
    ...endLines('sink', taint_sink, 0),
  ];
}

/**
 * @param {string} name
 * @param {TraceEnd} end
 * @param {number} depth
 * @returns {string[]}
 */
function endLines(name, end, depth) {
  if (end[0] === 'CliLoc') return [stepLine(name, ...end[1], depth)];
  const [place, through, inner] = end[1];
  return [
    stepLine(`${name}, in a call`, ...place, depth),
    ...through.map((variable) => variableLine(variable, depth + 1)),
    ...endLines(name, inner, depth + 1),
  ];
}

/**
 * @param {Variable} variable
 * @param {number} depth
 */
function variableLine({ location, content }, depth) {
  return stepLine('through', location, content, depth);
}

/**
 * @param {string} name
 * @param {Location} location
 * @param {string} content
 * @param {number} depth
 */
function stepLine(name, { path, start }, content, depth) {
  return `${'  '.repeat(depth)}${name}  ${path}:${start.line}  ${content.replace(/\s+/g, ' ')}`;
}

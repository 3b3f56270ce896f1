import { type Finding, LineIndex, type TraceEnd, type TraceStep } from '@lockstep/engine';
import type { ScanReport } from '../scan-report.ts';
import { createSourceLines } from '../source-lines.ts';
import { emptyReport, sampleFinding } from './sample-report.ts';

/** Code with flows through it, as taint rules find them. */
const FLOW_FILES: Record<string, string> = {
  'shop/views.py': `import os
from flask import request
from shop import store

def archive():
    name = request.args.get(
        "näme")
    other = name.strip()
    parts = []
    parts.append(other)
    é = "".join(parts); folder = é
    os.system(
        "tar czf "
        + folder
    )

def ping():
    os.system(request.args.get("host"))

def search():
    text = store.wanted()
    store.find(text)
`,
  'shop/store.py': `from flask import request

def wanted():
    found = request.args["q"]
    return found

def find(words):
    query = "select " + words
    cursor.execute(query)
`,
  'evil\u001b[31m.py': `x = source("\u001b[2J\u202e"); ${'y = 1; '.repeat(30)}sink(x)\nsink(\tx, "表表表表表表表表表表表表表表表表表表表表表表表表表表表表表表表表")\n`,
};

export const flowSource = createSourceLines((path) => FLOW_FILES[path] ?? null);

/** A step at the first place where `code` stands in a file, or at the first after `after`. */
export function stepAt(path: string, code: string, after = ''): TraceStep {
  const { start, end } = placeOf(path, code, after);
  return { path, start, end, content: code };
}

export const place = (step: TraceStep): TraceEnd => ({ kind: 'place', step });

const SINK = 'os.system(\n        "tar czf "\n        + folder\n    )';

const inViews = (code: string, after?: string) => stepAt('shop/views.py', code, after);
const inStore = (code: string, after?: string) => stepAt('shop/store.py', code, after);

/** Within one function: source, variables and sink, the last two of them over several lines. */
export const LONG_FLOW = flowFinding('shop/views.py', SINK, {
  source: place(inViews('request.args.get(\n        "näme")')),
  through: [
    inViews('name'),
    inViews('other'),
    inViews('parts', 'parts.append'),
    inViews('é'),
    inViews('folder', 'join(parts)'),
  ],
  sink: place(inViews(SINK)),
});

/** From source to sink on one line. */
export const SHORT_FLOW = flowFinding('shop/views.py', 'os.system(request.args.get("host"))', {
  source: place(inViews('request.args.get("host")')),
  through: [],
  sink: place(inViews('os.system(request.args.get("host"))')),
});

/** Through the functions of another file. */
export const CALL_FLOW = flowFinding('shop/views.py', 'store.find(text)', {
  source: {
    kind: 'call',
    step: inViews('store.wanted()'),
    through: [inStore('found')],
    inner: place(inStore('request.args["q"]')),
  },
  through: [inViews('text')],
  sink: {
    kind: 'call',
    step: inViews('store.find(text)'),
    through: [inStore('words'), inStore('query')],
    inner: place(inStore('cursor.execute(query)')),
  },
});

const [evilPath = ''] = Object.keys(FLOW_FILES).slice(2);

/** Of code that would act on a terminal, with a line that is too long for one. */
export const EVIL_FLOW = flowFinding(evilPath, 'sink(\tx', {
  source: place(stepAt(evilPath, 'source("\u001b[2J\u202e")')),
  through: [stepAt(evilPath, 'sink(x)'), { ...stepAt(evilPath, 'x'), content: 'x\u001b[2J[\n\t"key of the rows"]' }],
  sink: place(stepAt(evilPath, 'sink(\tx')),
});

/** A report of nothing but these findings. */
export function flowReport(...findings: Finding[]): ScanReport {
  return { ...emptyReport(), rules: [], findings };
}

function flowFinding(path: string, code: string, trace: Finding['trace']): Finding {
  const message = 'What a visitor sends becomes a command.';
  return sampleFinding(path, code, 'rules.flow', { ...placeOf(path, code, ''), message, trace });
}

function placeOf(path: string, code: string, after: string): Pick<Finding, 'start' | 'end' | 'lines'> {
  const text = FLOW_FILES[path] ?? '';
  const index = new LineIndex(text);
  const start = text.indexOf(code, text.indexOf(after));
  const end = start + code.length;
  return { start: index.position(start), end: index.position(end), lines: index.linesOf(start, end) };
}

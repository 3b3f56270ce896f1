import { expect, test } from 'vitest';
import { scanText } from '../../testing/load-engine.ts';

const RULE = JSON.stringify({
  rules: [
    {
      id: 'flow',
      mode: 'taint',
      languages: ['python'],
      severity: 'ERROR',
      message: 'm',
      'pattern-sources': [{ pattern: 'src()' }],
      'pattern-sinks': [{ pattern: 'sink(...)' }],
      'pattern-propagators': [
        { pattern: '$L.push_all($X)', from: '$X', to: '$L' },
        { pattern: 'copy($X, $Y)', from: '$X', to: '$Y' },
      ],
    },
  ],
});

/** `line:variable` of each variable that the flow of the only finding goes through. */
function variables(body: string): string[] {
  const code = `def flow(self):\n${body.replace(/^/gm, '  ')}\n`;
  const [finding] = scanText(RULE, 'code.py', code).findings;
  return finding?.trace?.through.map(({ start, content }) => `${start.line}:${content}`) ?? [];
}

// As `semgrep --dataflow-traces` lists them.
test.each([
  ['a list', 'l.push_all(src())\nsink(l)', ['2:l']],
  ['a field', 'x = src()\no.l.push_all(x)\ny = o.l\nsink(y)', ['2:x', '3:o', '4:y']],
  ['an own field', 'x = src()\nself.items.push_all(x)\nsink(self.items)', ['2:x', '3:items']],
  ['an argument', 'x = src()\ncopy(f(x), z)\nz.push_all(g())\nsink(z)', ['2:x', '3:z']],
  ['an element', 'x = src()\nd["k"].push_all(x)\nsink(d["k"])', ['2:x', '3:d']],
  ['several', 'x = src()\nl.push_all(x)\nl.push_all(x)\nm.push_all(l)\nsink(m[0])', ['2:x', '3:l', '5:m']],
])('a propagator taints %s, and traces list it', (_what, body, expected) => {
  expect(variables(body)).toEqual(expected);
});

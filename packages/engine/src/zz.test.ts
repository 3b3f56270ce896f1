import { test } from 'vitest';
import { loadRules } from './rules/load-rules.ts';
import { Scanner } from './scan/scanner.ts';
import { languages, scannerOptions } from './testing/load-engine.ts';
const n = Number(process.env.N ?? 3000);
const r = (s: string, k = n) => s.repeat(k);
const cases: Record<string, string> = {
  paren: r('(') + 'a' + r(')'), parenOpen: r('('), bracket: r('[') + r(']'), brace: r('{1:') + '2' + r('}'),
  call: r('f(') + r(')'), chain: 'a' + r('.b'), callchain: 'a' + r('.b()'), index: 'a' + r('[0]'), add: r('a + ') + 'a', not: r('not ') + 'a', neg: r('-') + '1',
  and: r('a and ') + 'a', andor: r('a and b or ') + 'c', cond: r('a if b else ') + 'c', lambda: r('lambda: ') + '1', cmp: r('a < ') + 'a',
  concat: r('"a" ') , assignchain: r('a = ') + '1', strplus: 'x = ' + r('"a" + ') + '"b"\nf(x)', pow: r('a ** ') + 'a',
  elif: 'if a: pass\n' + r('elif b: pass\n'), ifs: Array.from({ length: Math.min(n,1000) }, (_, i) => ' '.repeat(i) + 'if a:\n').join('') + ' '.repeat(Math.min(n,1000)) + 'b\n',
  defs: Array.from({ length: Math.min(n,1000) }, (_, i) => ' '.repeat(i) + 'def f():\n').join('') + ' '.repeat(Math.min(n,1000)) + 'b\n',
  decorators: r('@a\n') + 'def f(): pass', withitems: 'with ' + r('a as b, ') + 'c: pass', comp: '[a ' + r('for a in b ') + ']', fstring: 'f"' + r('{a}') + '"',
  awaits: r('await ') + 'a', statements: r('f(1)\n'), args: 'f(' + r('a, ') + ')', kwargs: 'f(' + r('a=1, ') + ')', longline: 'x = [' + r('1234567, ', n * 10) + ']', 
  trys: 'try: pass\n' + r('except A: pass\n'), semis: r('a;'), imports: 'import ' + r('a.b, ') + 'c', fromi: 'from a import ' + r('b, ') + 'c', match: 'match a:\n' + r(' case 1: pass\n'), 
  casepat: 'match a:\n case ' + r('[') + r(']') + ': pass\n', type: 'x: ' + r('A[') + 'b' + r(']') + '\n', params: 'def f(' + Array.from({length:n},(_, i) => 'a' + i).join(',') + '): pass', locals: Array.from({length:n},(_, i) => `a${i} = a${i-1} + 1\n`).join(''),
  globals1: 'a0 = "x"\n' + Array.from({length:n},(_, i) => `a${i+1} = a${i} + "x"\n`).join(''), doubling: 'a0 = "xx"\n' + Array.from({length:Math.min(n,60)},(_, i) => `a${i+1} = a${i} + a${i}\n`).join('') + 'f(a40)\n',
  intdoubling: 'a0 = 2\n' + Array.from({length:40},(_, i) => `a${i+1} = a${i} ** 64\n`).join('') + 'f(a40)\n', intmul: 'a0 = 3\n' + Array.from({length:60},(_, i) => `a${i+1} = a${i} * a${i}\n`).join('') + 'f(a60)\n',
  walrus: r('(a := ') + '1' + r(')'), nestf: r('f"{') + 'a' + r('}"'), loops: Array.from({ length: Math.min(n,40) }, (_, i) => ' '.repeat(i) + 'for a in b:\n').join('') + ' '.repeat(Math.min(n,40)) + 'x = 1\n', trynest: Array.from({ length: Math.min(n,100) }, (_, i) => ' '.repeat(i) + 'try:\n').join('') + ' '.repeat(100) + 'f()\n',
};
const rules = `rules:
${['f($X)', '$X', '...', '<... a ...>', 'f(..., 1, ...)', '$X == $X', '"..."', 'a\n...\nb', '$F(...)\n...\n$G(...)', '$X = $Y', 'def $F(...):\n  ...\n  $X', '$A. ... .$B', 'a + ... + $X', '$X and ...', '[..., $X, ..., $Y, ...]', 'f($...A, 1, $...B)', 'if $X:\n  ...', '<... f(...) ...>', 'a | b', '1', '"x"','import $X', '$X: int'].map((p, i) => `- {id: r${i}, languages: [python], message: "m $X", severity: ERROR, pattern: ${JSON.stringify(p)}}`).join('\n')}
- {id: sym, languages: [python], message: m, severity: ERROR, pattern: "f(a.b)", options: {symbolic_propagation: true}}
- {id: mp, languages: [python], message: m, severity: ERROR, patterns: [{pattern: "f($X)"}, {metavariable-pattern: {metavariable: $X, pattern: "<... a ...>"}}]}
`;
test('deep', () => {
  const only = process.env.ONLY; const onlyr = process.env.RULE;
  for (const [name, text] of Object.entries(cases)) {
    if (only && name !== only) continue;
    const rs = loadRules(rules, 'r').rules.filter((x) => !onlyr || x.id === onlyr);
    const scanner = new Scanner(rs, languages, { ...scannerOptions, now: () => performance.now(), timeRules: true });
    const t = performance.now();
    try {
      const rep = scanner.scan({ path: 'a.py', text, languages: ['python'] });
      const d = performance.now() - t;
      const s = Object.entries(rep.timing.rules).sort((a, b) => b[1] - a[1]).slice(0, 2).map((x) => x[0] + ' ' + x[1].toFixed(0)).join(' ');
      console.log(name, d | 0, 'ms parse', rep.timing.parse | 0, rep.findings.length, s, [...new Set(rep.issues.map((i) => i.code + ' ' + (i.ruleId ?? '') + i.message))].slice(0, 3).join('; ').slice(0, 200));
    } catch (e) { console.log('ESCAPED', name, performance.now() - t | 0, String(e).slice(0, 100), (e as Error).stack?.split('\n').slice(1, 6).join('|')); }
  }
});

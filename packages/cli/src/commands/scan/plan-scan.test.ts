import { loadRules } from '@lockstep/engine';
import { expect, test } from 'vitest';
import type { Target } from '../../targets/target.ts';
import { planScan, takesAnyFile } from './plan-scan.ts';

function rules(...specs: [languages: string, paths?: string][]) {
  const text = specs.map(([languages, paths = '{}'], at) => {
    const pattern = languages === 'regex' ? 'pattern-regex' : 'pattern';
    return `  - {id: r${at}, languages: [${languages}], severity: INFO, message: m, ${pattern}: f, paths: ${paths}}\n`;
  });
  const loaded = loadRules(`rules:\n${text.join('')}`, 'rules.yaml');
  expect(loaded.problems).toEqual([]);
  return loaded.rules;
}

function target(path: string, over: Partial<Target> = {}): Target {
  const absolutePath = `/project/${path}`;
  return {
    path,
    absolutePath,
    projectRelativePath: path,
    rulePath: path,
    explicit: false,
    anyLanguage: false,
    executable: false,
    sizeBytes: 1,
    ...over,
  };
}

const TARGETS = [target('a.py'), target('src/b.py'), target('c.js'), target('d.txt')];

test.each([
  ['a language', rules(['python']), ['a.py python', 'src/b.py python']],
  ['any file', rules(['regex']), ['a.py ', 'src/b.py ', 'c.js ', 'd.txt ']],
  ['paths', rules(['python', '{include: [src/]}']), ['src/b.py python']],
  [
    'several rules',
    rules(['python', '{exclude: [src/]}'], ['regex', '{include: ["*.txt"]}']),
    ['a.py python', 'd.txt '],
  ],
  ['a language that the engine lacks', rules(['js']), []],
  ['one language of two that it has', rules(['js, python']), ['a.py python', 'src/b.py python']],
])('rules for %s', (_, wanted, planned) => {
  expect(planScan(wanted, TARGETS).map(({ path, languages }) => `${path} ${languages.join(' ')}`)).toEqual(planned);
});

test('a file of no known language is scanned as every language, where asked', () => {
  const [request] = planScan(rules(['python'], ['regex']), [target('-', { anyLanguage: true })]);
  expect(request).toMatchObject({ path: '-', languages: ['python'] });
});

test('which rules take any file', () => {
  expect(takesAnyFile(rules(['python']))).toBe(false);
  expect(takesAnyFile(rules(['python'], ['generic']))).toBe(true);
});

import { describe, expect, test } from 'vitest';
import { formatProblem } from './format-problem.ts';
import { loadModels } from './load-models.ts';
import { loadRules } from './load-rules.ts';

const WEB = `models:
  - name: web-input
    description: What a visitor sends.
    languages: [python]
    pattern-sources: [{pattern: flask.request.args}]
  - name: numbers
    description: Numbers are harmless.
    languages: [python]
    sanitizers: [int(...)]
    propagators: [{pattern: "$TO.put($FROM)", from: $FROM, to: $TO}]
`;

function load(...texts: string[]) {
  return loadModels(texts.map((text, index) => ({ path: `models/${index}.yaml`, text })));
}

/** A taint rule with sinks and nothing else, but for `extra` lines. */
function rule(options: string, extra = ''): string {
  return `rules:
  - id: r
    message: m
    severity: LOW
    languages: [python]
    mode: taint
    options: ${options}
    pattern-sinks: [{pattern: sink(...)}]
${extra}`;
}

function problemsOf(ruleText: string, models = load(WEB).models): string {
  const { problems } = loadRules(ruleText, 'rules.yaml', { models });
  return problems.map((problem) => formatProblem(problem, ruleText).split('\n')[0]).join('\n');
}

describe('a rule that names models', () => {
  test('gets their items after its own, and needs no sources then', () => {
    const text = rule('{models: [web-input, numbers]}', '    pattern-sanitizers: [{pattern: clean(...)}]\n');
    const { rules, problems } = loadRules(text, 'rules.yaml', { models: load(WEB).models });
    expect(problems).toEqual([]);
    const taint = rules[0]?.taint;
    const textsOf = (items: { formula: object }[] | undefined) => items?.map(({ formula }) => formula);
    expect(rules[0]?.options.models).toEqual(['web-input', 'numbers']);
    expect(textsOf(taint?.sources)).toMatchObject([
      { text: 'flask.request.args', location: { file: 'models/0.yaml' } },
    ]);
    expect(textsOf(taint?.sanitizers)).toMatchObject([{ text: 'clean(...)' }, { text: 'int(...)' }]);
    expect(taint?.propagators).toMatchObject([{ from: '$FROM', to: '$TO' }]);
  });

  test('in the newer syntax too', () => {
    const text = rule('{models: [web-input]}').replace('pattern-sinks: [', 'taint: {sinks: [').replace(/\]\n$/, ']}\n');
    const { rules, problems } = loadRules(text, 'rules.yaml', { models: load(WEB).models });
    expect(problems).toEqual([]);
    expect(rules[0]?.taint?.sources).toHaveLength(1);
  });

  test('models without sources leave it in need of some', () => {
    expect(problemsOf(rule('{models: [numbers]}'))).toMatchInlineSnapshot(
      `"rules.yaml:2:5: error: expected the key \`pattern-sources\`: a list of formulas [missing-key] (rule r)"`,
    );
  });

  test('names that lead nowhere', () => {
    const broken = load(WEB.replace('[{pattern: flask.request.args}]', '7'));
    expect(
      [
        problemsOf(rule('{models: [web-imput]}')),
        problemsOf(rule('{models: web-input}')),
        problemsOf(rule('{models: [web-input]}').replace('[python]', '[python, java]')),
        problemsOf(rule('{models: [web-input]}'), broken.models),
        problemsOf(
          rule('{models: [web-input]}')
            .replace('mode: taint', 'pattern: f()')
            .replace(/ *pattern-sinks.*\n/, ''),
        ),
      ].join('\n'),
    ).toMatchInlineSnapshot(`
      "rules.yaml:7:24: error: there is no model \`web-imput\` [unknown-model] (rule r)
      rules.yaml:7:23: error: expected a list of names of models, found \`web-input\` [bad-option] (rule r)
      rules.yaml:7:24: error: the model \`web-input\` is not for python, java [unknown-model] (rule r)
      rules.yaml:7:24: error: the model \`web-input\` has errors [unknown-model] (rule r)
      rules.yaml:7:15: warning: \`models\` has no effect: only taint rules use models [ignored-key] (rule r)"
    `);
  });
});

test('what is wrong with model files is told with its place', () => {
  const bad = `models:
  - name: Web Input
    description: Spelled badly.
    languages: [pyton]
    pattern-sinks: [{pattern: sink(...)}]
  - name: web-input
    description: Another.
    languages: [python]
    pattern-sources:
      - patterns:
          - pattern: f($X)
          - focus-metavariable: $Y
      - patern: g()
  - languages: [python]
    pattern-sources: []
`;
  const files = [WEB, bad, 'modles: []', '', 'models: 7', '- name: x'];
  const { problems } = load(...files);
  expect(
    problems
      .map((problem) => formatProblem(problem, files[Number(/\d+/.exec(problem.file))] ?? '').split('\n')[0])
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "models/1.yaml:2:5: error: expected the key \`sources\`: a model holds sources, sanitizers or propagators [missing-key]
    models/1.yaml:2:11: error: \`Web Input\` is not the name of a model; expected lower-case words with hyphens between them [bad-id]
    models/1.yaml:4:17: error: unknown language \`pyton\` [unknown-language]
    models/1.yaml:5:5: warning: the key \`pattern-sinks\` is unknown here and has no effect [unknown-key]
    models/1.yaml:6:11: error: there is a model \`web-input\` already, in models/0.yaml on line 2 [duplicate-model]
    models/1.yaml:13:9: error: expected a formula: \`pattern\`, \`pattern-regex\`, \`patterns\` or \`pattern-either\` [no-formula]
    models/1.yaml:14:5: error: expected the key \`name\`: what rules call the model [missing-key]
    models/1.yaml:14:5: error: expected the key \`description\`: what the model knows, in a sentence [missing-key]
    models/2.yaml:1:1: error: expected the key \`models\`: a list of models [missing-key]
    models/3.yaml:1:1: error: the file is empty [empty-file]
    models/4.yaml:1:9: error: expected a list of models, found the number 7 [wrong-type]
    models/5.yaml:1:1: error: expected a mapping with the key \`models\`, found a list [not-a-mapping]"
  `);
});

test('one name may stand for several languages', () => {
  const java = WEB.replaceAll('[python]', '[java]');
  const { models, problems } = load(WEB, java);
  expect(problems).toEqual([]);
  const text = rule('{models: [web-input]}').replace('[python]', '[java]');
  const { rules } = loadRules(text, 'rules.yaml', { models });
  expect(rules[0]?.taint?.sources).toMatchObject([{ location: { file: 'models/1.yaml' } }]);
});

/** A rule in the documentation, and the code below it that shows what it matches. */
export interface DocExample {
  /** 1-based line of the rule's block. */
  line: number;
  /** What `file` holds: rules, or a guardrail. */
  rules: string;
  file: 'rules.yaml' | 'guardrail.yaml';
  code: string;
  /** Of the code's file, with its dot. */
  extension: string;
  expected: { line: number; fix: string | null }[];
}

/**
 * The checked examples of a Markdown text: every YAML block whose next block of code has lines that end in `# match`, or
 * in `# match → text` where the rule's fix is that text. A block without `rules:` is the inside of one rule for Python, or
 * of a guardrail if it has short forms.
 */
export function docExamples(markdown: string): DocExample[] {
  const blocks = fencedBlocks(markdown);
  return blocks.flatMap((block, at) => {
    const next = blocks[at + 1];
    if (block.language !== 'yaml' || next === undefined) return [];
    const expected = next.text.split('\n').flatMap((line, index) => {
      const match = /# match(?: → (.+))?$/.exec(line);
      return match === null ? [] : [{ line: index + 1, fix: match[1] ?? null }];
    });
    if (expected.length === 0) return [];
    const extension = next.language === 'python' ? '.py' : '.txt';
    const isGuardrail = /^(?:require|forbid|unsafe-call):/m.test(block.text);
    const file = isGuardrail ? 'guardrail.yaml' : 'rules.yaml';
    const rules = isGuardrail ? guardrailFile(block.text) : ruleFile(block.text);
    return [{ line: block.line, rules, file, code: next.text, extension, expected }];
  });
}

/** Blocks between fences that start their line. */
export function fencedBlocks(markdown: string): { line: number; language: string; text: string }[] {
  return [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ index, 1: language = '', 2: text = '' }) => ({
    line: markdown.slice(0, index).split('\n').length,
    language,
    text,
  }));
}

/** What a fragment leaves out, because it is the same in every rule. */
const OMITTED = { id: 'example', languages: '[python]', severity: 'ERROR', message: 'found' };

/** Its id is that of whatever folder it is put in. */
export const FOLDER_NAME = 'FOLDER-NAME';

function guardrailFile(text: string): string {
  const head = [
    `id: ${FOLDER_NAME}`,
    'promise: The documentation is right.',
    'weakness: CWE-710',
    'owners: { security: "@acme/appsec", engineering: "@acme/web" }',
    'stage: monitor',
    'languages: [python]',
  ];
  return `${head.join('\n')}\n${text}`;
}

function ruleFile(text: string): string {
  if (/^rules:/m.test(text)) return text;
  const fragment = text.trimEnd().split('\n');
  const added = Object.entries(OMITTED).filter(([key]) => !fragment.some((line) => line.startsWith(`${key}:`)));
  const lines = [...added.map(([key, value]) => `${key}: ${value}`), ...fragment];
  return `rules:\n${lines.map((line, at) => (at === 0 ? '  - ' : '    ') + line).join('\n')}\n`;
}

import type { Idioms } from './idioms.ts';

export const pythonIdioms: Idioms = {
  uses(name) {
    const { parent, last } = splitName(name);
    if (parent === '') return [name];
    if (last === '*') return [`${parent}.$MEMBER`];
    return [name, `getattr(${parent}, "${last}", ...)`];
  },

  importedAlone(name) {
    const { parent, last } = splitName(name);
    const member = last === '*' ? '$MEMBER' : last;
    if (parent === '') return null;
    return { statement: `from ${parent} import ${member}`, namesake: `from ${parent}.$BELOW import ${member}` };
  },

  // `import a` is any way of importing `a` or what is below it: `from a import b`, `import a.b as c`.
  imports(module) {
    const itself = `"=~/^${module.replaceAll('.', '\\.')}(\\.|$)/"`;
    return [`import ${module}`, `importlib.import_module(${itself}, ...)`, `__import__(${itself}, ...)`];
  },

  declaredName(pattern) {
    return /^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\$?\w+)/mu.exec(pattern)?.[1] ?? null;
  },

  isFunction(pattern) {
    return /^[ \t]*(?:async[ \t]+)?def\b/m.test(pattern);
  },

  decorated(declaration, decorator, at) {
    const written = decorator.endsWith(')') ? [decorator] : [decorator, `${decorator}(...)`];
    const lines = declaration.split('\n');
    const index = at === 'top' ? 0 : lines.findIndex((line) => /^[ \t]*(?:async[ \t]+|def\b|class\b)/.test(line));
    return written.map((each) => lines.toSpliced(Math.max(0, index), 0, each).join('\n'));
  },

  containing(declaration, code) {
    const head = /^([\s\S]*:)\s*\.\.\.\s*$/.exec(declaration)?.[1];
    if (head === undefined) return null;
    // An assignment is a statement of its own; an expression may stand deep inside of one.
    const statement = /^[\w.]+[ \t]*=[^=]/.test(code) ? code : `<... ${code} ...>`;
    return `${head}\n${indent(`...\n${statement}\n...`)}`;
  },

  enclosingFunction(declaration) {
    return `def $ENCLOSING(...):\n${indent(`...\n${declaration}\n...`)}`;
  },

  derivedClass(name, base) {
    return `class ${name}(..., ${base}, ...): ...`;
  },

  derivedTwice(name, base) {
    return `class $PARENT(..., ${base}, ...): ...\n...\nclass ${name}(..., $PARENT, ...): ...`;
  },

  handedTo(declaration, name, wrapper) {
    return `${declaration}\n...\n<... ${wrapper}(..., ${name}, ...) ...>`;
  },

  beside(declaration, statement) {
    return [`${statement}\n...`, `${declaration}\n...\n${statement}`];
  },

  withArgument(call, { name, position }, value) {
    const callee = calleeOf(call);
    const before = Array.from({ length: (position ?? 1) - 1 }, (_, at) => `$ARGUMENT${at + 1}, `).join('');
    return [
      ...(name === null ? [] : [`${callee}(..., ${name}=${value}, ...)`]),
      ...(position === null ? [] : [`${callee}(${before}${value}, ...)`]),
    ];
  },

  withUnknownArguments(call) {
    const callee = calleeOf(call);
    return [`${callee}(..., *$ARGUMENTS, ...)`, `${callee}(..., **$OPTIONS, ...)`];
  },

  literals: ['"..."', 'True', 'False', 'None'],
  number: '-?[0-9][0-9A-Fa-f_.xobejJ+-]*$',
  outline: ['def $NAME(...): ...', 'class $NAME: ...'],

  example(pattern) {
    return withoutIdleEllipses(pattern)
      .replace(/<\.\.\.\s*|\s*\.\.\.>/g, '')
      .replace(/"\.\.\."/g, '"text"')
      .replace(/"=~\/[^"]*"/g, '"text"')
      .replace(/\(\$([A-Z_][A-Z0-9_]*):[^()]*\)/g, '$$$1')
      .replace(/\$\.\.\.[A-Z_][A-Z0-9_]*/g, '...')
      .replace(/\$([A-Z_][A-Z0-9_]*)/g, (_, name: string) => name.toLowerCase())
      .replace(/:[ \t]*\n?[ \t]*\.\.\.[ \t]*$/gm, ': pass')
      .replace(/,\s*\.\.\.(?=\s*[,)\]}])/g, '')
      .replace(/([([{])\s*\.\.\.\s*,?\s*/g, '$1')
      .trim();
  },
  importOf(name) {
    const { parent } = splitName(name);
    return parent === '' ? null : `import ${parent}`;
  },
  comment: '#',
  extension: '.py',

  moduleOf(path) {
    const names = path.replace(/\.pyi?$/, '').split('/');
    if (names.at(-1) === '__init__') names.pop();
    return names.filter((name) => name !== '' && name !== '.').join('.');
  },
};

function splitName(name: string): { parent: string; last: string } {
  const dot = name.lastIndexOf('.');
  return { parent: name.slice(0, Math.max(0, dot)), last: name.slice(dot + 1) };
}

function calleeOf(call: string): string {
  return call.replace(/\(\s*\.\.\.\s*\)$/, '');
}

/** An ellipsis beside a statement stands for nothing that an example needs. */
function withoutIdleEllipses(pattern: string): string {
  const lines = pattern.split('\n');
  const isEllipsis = (line: string | undefined) => line?.trim() === '...';
  const marginOf = (line = '') => /^[ \t]*/.exec(line)?.[0];
  const isIdle = (line: string, at: number) =>
    isEllipsis(line) &&
    [lines[at - 1], lines[at + 1]].some(
      (beside) => beside !== undefined && !isEllipsis(beside) && marginOf(beside) === marginOf(line),
    );
  return lines.filter((line, at) => !isIdle(line, at)).join('\n');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

/**
 * The comparison language of `metavariable-comparison`: the part of Python's expressions that semantics 04 §4 lists.
 * All of Python's expression syntax is accepted, since Semgrep accepts it; what the language does not have becomes an
 * `unsupported` node, with which the comparison never holds.
 */
import { type CompiledRegex, compileRegex } from '../text/pcre.ts';
import { type BinaryOperator, type FunctionName, isFunctionName, type UnaryOperator } from './comparison-operators.ts';
import { comparisonTokens, decodeEscapes, type Token } from './comparison-tokens.ts';
import { bool, float, int, string, type Value } from './comparison-value.ts';

export type Expression =
  | { kind: 'value'; value: Value }
  | { kind: 'metavariable'; name: string }
  | { kind: 'list'; items: Expression[] }
  /** An f-string. */
  | { kind: 'interpolation'; parts: Expression[] }
  | { kind: 'unary'; operator: UnaryOperator; operand: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'call'; name: FunctionName; argument: Expression }
  | { kind: 'today' }
  /** `re.match`. */
  | { kind: 'match'; regex: CompiledRegex; text: Expression }
  | { kind: 'unsupported'; what: string };

export type ParsedComparison =
  | { ok: true; expression: Expression; unsupported: string[] }
  /** `offset` in UTF-16 units into the comparison. */
  | { ok: false; message: string; offset: number };

/** With `strip`, every metavariable stands for `int` of it. */
export function parseComparison(text: string, strip: boolean): ParsedComparison {
  try {
    const parser = new Parser(text, strip);
    const expression = parser.whole();
    return { ok: true, expression, unsupported: parser.unsupported };
  } catch (error) {
    if (error instanceof SyntaxFailure) return { ok: false, message: error.message, offset: error.offset };
    throw error;
  }
}

class SyntaxFailure extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Binary operators from loosest to tightest; comparisons and `not` stand between `and` and `|`. */
const ABOVE_COMPARISON = [['or'], ['and']] as const;
const BELOW_COMPARISON = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '%', '//', '@']] as const;
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>=', 'in', 'is'];
/** Words that begin a construct the language does not have; the rest of the bracket goes with it. */
const FOREIGN_WORDS = new Set(['lambda', 'await', 'yield', 'for', 'async']);
const RESERVED_WORDS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else']);

/** 100 brackets deep: no rule comes close, and the interpreter recurses as deep. */
const MAX_DEPTH = 100;

class Parser {
  readonly unsupported: string[] = [];
  readonly #tokens: Token[];
  readonly #strip: boolean;
  #next = 0;
  #depth = 0;

  constructor(text: string, strip: boolean) {
    const tokens = comparisonTokens(text);
    if ('unexpected' in tokens) throw new SyntaxFailure('this is not part of a Python expression', tokens.unexpected);
    this.#tokens = tokens;
    this.#strip = strip;
  }

  whole(): Expression {
    const expression = this.#expressions(null);
    if (this.#peek().kind !== 'end') this.#fail('the expression should end here');
    return expression;
  }

  /** One expression, or a tuple of several. */
  #expressions(close: string | null): Expression {
    const first = this.#expression();
    if (!this.#at(',')) return first;
    while (this.#take(',')) {
      if (close === null ? this.#peek().kind === 'end' : this.#at(close)) break;
      this.#expression();
    }
    return this.#foreign('a tuple');
  }

  #expression(): Expression {
    return this.#deeper(() => this.#conditional());
  }

  #deeper(parse: () => Expression): Expression {
    if (++this.#depth > MAX_DEPTH) this.#fail('the expression is nested too deeply');
    const expression = parse();
    this.#depth--;
    return expression;
  }

  #conditional(): Expression {
    const token = this.#peek();
    if (token.kind === 'name' && FOREIGN_WORDS.has(token.text)) return this.#skipForeign(token.text);
    const value = this.#logical(0);
    const word = this.#peek();
    if (word.kind === 'name' && FOREIGN_WORDS.has(word.text)) return this.#skipForeign(word.text);
    if (this.#at(':=')) return this.#skipForeign(':=');
    if (!this.#take('if')) return value;
    this.#logical(0);
    if (!this.#take('else')) this.#fail('`else` is missing');
    this.#expression();
    return this.#foreign('`if` … `else`');
  }

  #logical(level: number): Expression {
    const operators = ABOVE_COMPARISON[level];
    if (!operators) return this.#negation();
    return this.#leftAssociative(operators, () => this.#logical(level + 1));
  }

  #negation(): Expression {
    let negations = 0;
    while (this.#take('not')) negations++;
    let expression = this.#comparison();
    for (; negations > 0; negations--) expression = { kind: 'unary', operator: 'not', operand: expression };
    return expression;
  }

  #comparison(): Expression {
    const left = this.#arithmetic(0);
    const operator = this.#comparisonOperator();
    if (operator === null) return left;
    const right = this.#arithmetic(0);
    if (this.#comparisonOperator() !== null) {
      do this.#arithmetic(0);
      while (this.#comparisonOperator() !== null);
      return this.#foreign('a chain of comparisons');
    }
    if (operator === 'is' || operator === 'is not') return this.#foreign(`\`${operator}\``);
    return { kind: 'binary', operator: operator as BinaryOperator, left, right };
  }

  #comparisonOperator(): string | null {
    if (this.#take('not')) {
      if (!this.#take('in')) this.#fail('`in` is missing after `not`');
      return 'not in';
    }
    const operator = COMPARISONS.find((candidate) => this.#take(candidate));
    return operator === 'is' && this.#take('not') ? 'is not' : (operator ?? null);
  }

  #arithmetic(level: number): Expression {
    const operators = BELOW_COMPARISON[level];
    if (!operators) return this.#factor();
    return this.#leftAssociative(operators, () => this.#arithmetic(level + 1));
  }

  #leftAssociative(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((candidate) => this.#take(candidate));
      if (operator === undefined) return left;
      const right = operand();
      left =
        operator === '//' || operator === '@'
          ? this.#foreign(`\`${operator}\``)
          : { kind: 'binary', operator: operator as BinaryOperator, left, right };
    }
  }

  #factor(): Expression {
    const operator = (['-', '+', '~'] as const).find((candidate) => this.#take(candidate));
    if (operator === undefined) return this.#power();
    return { kind: 'unary', operator, operand: this.#deeper(() => this.#factor()) };
  }

  #power(): Expression {
    const left = this.#primary();
    if (!this.#take('**')) return left;
    return { kind: 'binary', operator: '**', left, right: this.#deeper(() => this.#factor()) };
  }

  #primary(): Expression {
    let primary = this.#atom();
    for (;;) {
      if (this.#take('.')) {
        if (this.#advance().kind !== 'name') this.#fail('a name is missing after `.`');
        primary = this.#foreign('an attribute');
      } else if (this.#take('(')) {
        this.#arguments();
        primary = this.#foreign('a call');
      } else if (this.#take('[')) {
        this.#subscript();
        primary = this.#foreign('a subscript');
      } else {
        return primary;
      }
    }
  }

  #atom(): Expression {
    const token = this.#advance();
    switch (token.kind) {
      case 'number':
        return this.#number(token.text);
      case 'string':
        return this.#strings(token);
      case 'metavariable':
        return this.#metavariable(token);
      case 'name':
        return this.#name(token);
      case 'sign':
        if (token.text === '(') return this.#parenthesized();
        if (token.text === '[') return { kind: 'list', items: this.#items(']') };
        if (token.text === '{') return this.#display();
    }
    return this.#fail('a value is missing', token.at);
  }

  #parenthesized(): Expression {
    if (this.#take(')')) return this.#foreign('a tuple');
    const expression = this.#expressions(')');
    this.#expect(')');
    return expression;
  }

  #items(close: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#take(close)) {
      if (this.#take('*')) this.#foreign('`*`');
      items.push(this.#expression());
      if (!this.#at(close)) this.#expect(',');
    }
    return items;
  }

  #display(): Expression {
    while (!this.#take('}')) {
      if (!this.#take('**')) this.#take('*');
      this.#expression();
      if (this.#take(':')) this.#expression();
      if (!this.#at('}')) this.#expect(',');
    }
    return this.#foreign('a set or dictionary');
  }

  #subscript(): void {
    while (!this.#take(']')) {
      if (this.#take(':') || this.#take(',')) continue;
      this.#expression();
    }
  }

  /** The positional arguments; null where there are others. */
  #arguments(): Expression[] | null {
    const values: Expression[] = [];
    let positional = true;
    while (!this.#take(')')) {
      if (this.#take('*') || this.#take('**')) positional = false;
      values.push(this.#expression());
      if (this.#take('=')) {
        positional = false;
        this.#expression();
      }
      if (!this.#at(')')) this.#expect(',');
    }
    return positional ? values : null;
  }

  #name(token: Token & { kind: 'name' }): Expression {
    if (RESERVED_WORDS.has(token.text)) this.#fail('a value is missing', token.at);
    if (token.text === 'True' || token.text === 'False') return constant(bool(token.text === 'True'));
    if (token.text === 're' && this.#takeAll('.', 'match', '(')) return this.#match();
    if (!this.#take('(')) return this.#foreign(`\`${token.text}\``);
    const values = this.#arguments();
    const [argument] = values ?? [];
    if (token.text === 'today' && values?.length === 0) return { kind: 'today' };
    if (isFunctionName(token.text) && values?.length === 1)
      return { kind: 'call', name: token.text, argument: argument! };
    return this.#foreign(`\`${token.text}(…)\``);
  }

  #match(): Expression {
    const at = this.#peek().at;
    const values = this.#arguments();
    const [pattern, text] = values ?? [];
    if (values?.length !== 2 || pattern?.kind !== 'value' || pattern.value.kind !== 'string') {
      return this.#foreign('`re.match` with a pattern that is not written out');
    }
    const regex = compileRegex(pattern.value.value, { multiline: false });
    if (regex.kind === 'problem') this.#fail(`invalid regular expression: ${regex.message}`, at);
    return { kind: 'match', regex, text: text! };
  }

  #metavariable(token: Token & { kind: 'metavariable' }): Expression {
    if (/^\$\d/.test(token.text)) {
      this.#fail(`${token.text} is not allowed in a comparison; name the group, as in (?<NAME>…)`, token.at);
    }
    if (!/^\$(\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(token.text)) {
      this.#fail(`${token.text} is not a metavariable; they are written in capitals`, token.at);
    }
    const metavariable: Expression = { kind: 'metavariable', name: token.text };
    return this.#strip ? { kind: 'call', name: 'int', argument: metavariable } : metavariable;
  }

  #number(text: string): Expression {
    const value = numberValue(text);
    return typeof value === 'string' ? this.#foreign(value) : constant(value);
  }

  /** Adjacent literals are one. */
  #strings(first: Token & { kind: 'string' }): Expression {
    const parts: Expression[] = this.#string(first);
    for (let token = this.#peek(); token.kind === 'string'; token = this.#peek()) {
      this.#next++;
      parts.push(...this.#string(token));
    }
    if (!parts.every((part) => part.kind === 'value' && part.value.kind === 'string')) {
      return { kind: 'interpolation', parts };
    }
    return constant(string(parts.map((part) => (part as { value: { value: string } }).value.value).join('')));
  }

  #string(token: Token & { kind: 'string' }): Expression[] {
    if (!/^(|[ru]|r?f|fr)$/.test(token.prefix)) return [this.#foreign(`a string with the prefix ${token.prefix}`)];
    const decode = token.prefix.includes('r') ? (content: string) => content : decodeEscapes;
    if (!token.prefix.includes('f')) return [constant(string(decode(token.content)))];
    return this.#fString(token, decode);
  }

  #fString(token: Token & { kind: 'string' }, decode: (content: string) => string): Expression[] {
    // `{{`, `}}`, `{expression}`, and what is between.
    return [...token.content.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)].map(([piece, hole]) => {
      if (hole !== undefined) return this.#hole(hole, token.at);
      if (piece === '{' || piece === '}') this.#fail('a brace of the f-string has no partner', token.at);
      return constant(string(piece === '{{' || piece === '}}' ? piece[0]! : decode(piece)));
    });
  }

  #hole(text: string, at: number): Expression {
    if (/![ras]\s*(:|$)|:(?!=)|=\s*$/.test(text)) return this.#foreign('a conversion or format in an f-string');
    const parsed = parseComparison(text, this.#strip);
    if (!parsed.ok) this.#fail(parsed.message, at);
    this.unsupported.push(...parsed.unsupported);
    return parsed.expression;
  }

  /** Everything up to the end of the bracket at hand. */
  #skipForeign(what: string): Expression {
    let open = 0;
    for (let token = this.#peek(); token.kind !== 'end'; token = this.#peek()) {
      if (token.kind === 'sign' && '([{'.includes(token.text)) open++;
      if (token.kind === 'sign' && ')]}'.includes(token.text) && open-- === 0) break;
      this.#next++;
    }
    return this.#foreign(`\`${what}\``);
  }

  #foreign(what: string): Expression {
    if (!this.unsupported.includes(what)) this.unsupported.push(what);
    return { kind: 'unsupported', what };
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #advance(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  #at(text: string): boolean {
    const token = this.#peek();
    return (token.kind === 'sign' || token.kind === 'name') && token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#at(text)) return false;
    this.#next++;
    return true;
  }

  /** Takes all of them, or none. */
  #takeAll(...texts: string[]): boolean {
    const start = this.#next;
    if (texts.every((text) => this.#take(text))) return true;
    this.#next = start;
    return false;
  }

  #expect(text: string): void {
    if (!this.#take(text)) this.#fail(`\`${text}\` is missing`);
  }

  #fail(message: string, offset = this.#peek().at): never {
    throw new SyntaxFailure(message, offset);
  }
}

/** The value of a number as written, or what it is where the language has no such numbers. */
function numberValue(text: string): Value | string {
  const plain = text.replaceAll('_', '').toLowerCase();
  const prefixed = /^0[xob]/.test(plain);
  if (!prefixed && plain.endsWith('j')) return 'an imaginary number';
  if (!prefixed && /[.e]/.test(plain)) return float(Number(plain));
  const value = prefixed && plain.length === 2 ? null : BigInt(plain);
  return value === null || BigInt.asIntN(64, value) !== value ? 'a number beyond 64 bits' : int(value);
}

function constant(value: Value): Expression {
  return { kind: 'value', value };
}

import { compileRegex } from '../text/pcre.ts';
import { SyntaxFailure, TokenCursor } from './comparison-cursor.ts';
import type { Expression } from './comparison-expression.ts';
import { numberLiteral, type StringPiece, stringPieces } from './comparison-literals.ts';
import { type BinaryOperator, isFunctionName } from './comparison-operators.ts';
import type { Token } from './comparison-tokens.ts';
import { bool, string, type Value } from './comparison-value.ts';

/** Binary operators from loosest to tightest; comparisons and `not` stand between `and` and `|`. */
const ABOVE_COMPARISON = [['or'], ['and']] as const;
const BELOW_COMPARISON = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '%', '//', '@']] as const;
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>=', 'in', 'is'];
/** Words that begin a construct the language does not have; the rest of the bracket goes with it. */
const FOREIGN_WORDS = new Set(['lambda', 'await', 'yield', 'for', 'async']);
const RESERVED_WORDS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else']);

/** Throws `SyntaxFailure`. */
export class ComparisonParser {
  /** What the text uses that the comparison language does not have, each once. */
  readonly unsupported: string[] = [];
  readonly #cursor: TokenCursor;
  readonly #strip: boolean;

  constructor(text: string, strip: boolean) {
    this.#cursor = new TokenCursor(text);
    this.#strip = strip;
  }

  whole(): Expression {
    const expression = this.#expressions(null);
    if (this.#cursor.peek().kind !== 'end') this.#cursor.fail('the expression should end here');
    return expression;
  }

  /** One expression, or a tuple of several. */
  #expressions(close: string | null): Expression {
    const first = this.#expression();
    if (!this.#cursor.at(',')) return first;
    while (this.#cursor.take(',')) {
      if (close === null ? this.#cursor.peek().kind === 'end' : this.#cursor.at(close)) break;
      this.#expression();
    }
    return this.#foreign('a tuple');
  }

  #expression(): Expression {
    return this.#cursor.deeper(() => this.#conditional());
  }

  #conditional(): Expression {
    const token = this.#cursor.peek();
    if (token.kind === 'name' && FOREIGN_WORDS.has(token.text)) return this.#skipForeign(token.text);
    const value = this.#logical(0);
    const word = this.#cursor.peek();
    if (word.kind === 'name' && FOREIGN_WORDS.has(word.text)) return this.#skipForeign(word.text);
    if (this.#cursor.at(':=')) return this.#skipForeign(':=');
    if (!this.#cursor.take('if')) return value;
    this.#logical(0);
    if (!this.#cursor.take('else')) this.#cursor.fail('`else` is missing');
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
    while (this.#cursor.take('not')) negations++;
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
    if (this.#cursor.take('not')) {
      if (!this.#cursor.take('in')) this.#cursor.fail('`in` is missing after `not`');
      return 'not in';
    }
    const operator = this.#cursor.takeOneOf(COMPARISONS);
    return operator === 'is' && this.#cursor.take('not') ? 'is not' : operator;
  }

  #arithmetic(level: number): Expression {
    const operators = BELOW_COMPARISON[level];
    if (!operators) return this.#factor();
    return this.#leftAssociative(operators, () => this.#arithmetic(level + 1));
  }

  #leftAssociative(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = this.#cursor.takeOneOf(operators);
      if (operator === null) return left;
      const right = operand();
      left =
        operator === '//' || operator === '@'
          ? this.#foreign(`\`${operator}\``)
          : { kind: 'binary', operator: operator as BinaryOperator, left, right };
    }
  }

  #factor(): Expression {
    const operator = this.#cursor.takeOneOf(['-', '+', '~'] as const);
    if (operator === null) return this.#power();
    return { kind: 'unary', operator, operand: this.#cursor.deeper(() => this.#factor()) };
  }

  #power(): Expression {
    const left = this.#primary();
    if (!this.#cursor.take('**')) return left;
    return { kind: 'binary', operator: '**', left, right: this.#cursor.deeper(() => this.#factor()) };
  }

  #primary(): Expression {
    let primary = this.#atom();
    for (;;) {
      if (this.#cursor.take('.')) {
        if (this.#cursor.advance().kind !== 'name') this.#cursor.fail('a name is missing after `.`');
        primary = this.#foreign('an attribute');
      } else if (this.#cursor.take('(')) {
        this.#arguments();
        primary = this.#foreign('a call');
      } else if (this.#cursor.take('[')) {
        this.#subscript();
        primary = this.#foreign('a subscript');
      } else {
        return primary;
      }
    }
  }

  #atom(): Expression {
    const token = this.#cursor.advance();
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
    return this.#cursor.fail('a value is missing', token.at);
  }

  #parenthesized(): Expression {
    if (this.#cursor.take(')')) return this.#foreign('a tuple');
    const expression = this.#expressions(')');
    this.#cursor.expect(')');
    return expression;
  }

  #items(close: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#cursor.take(close)) {
      const spread = this.#cursor.take('*');
      const item = this.#expression();
      items.push(spread ? this.#foreign('`*`') : item);
      if (!this.#cursor.at(close)) this.#cursor.expect(',');
    }
    return items;
  }

  #display(): Expression {
    while (!this.#cursor.take('}')) {
      if (!this.#cursor.take('**')) this.#cursor.take('*');
      this.#expression();
      if (this.#cursor.take(':')) this.#expression();
      if (!this.#cursor.at('}')) this.#cursor.expect(',');
    }
    return this.#foreign('a set or dictionary');
  }

  #subscript(): void {
    while (!this.#cursor.take(']')) {
      if (this.#cursor.take(':') || this.#cursor.take(',')) continue;
      this.#expression();
    }
  }

  /** The positional arguments; null where there are others. */
  #arguments(): Expression[] | null {
    const values: Expression[] = [];
    let positional = true;
    while (!this.#cursor.take(')')) {
      if (this.#cursor.take('*') || this.#cursor.take('**')) positional = false;
      values.push(this.#expression());
      if (this.#cursor.take('=')) {
        positional = false;
        this.#expression();
      }
      if (!this.#cursor.at(')')) this.#cursor.expect(',');
    }
    return positional ? values : null;
  }

  #name(token: Token & { kind: 'name' }): Expression {
    if (RESERVED_WORDS.has(token.text)) this.#cursor.fail('a value is missing', token.at);
    if (token.text === 'True' || token.text === 'False') return constant(bool(token.text === 'True'));
    if (token.text === 're' && this.#cursor.takeAll('.', 'match', '(')) return this.#match();
    if (!this.#cursor.take('(')) return this.#foreign(`\`${token.text}\``);
    const values = this.#arguments();
    const [argument] = values ?? [];
    if (token.text === 'today' && values?.length === 0) return { kind: 'today' };
    if (isFunctionName(token.text) && argument && values?.length === 1) {
      return { kind: 'call', name: token.text, argument };
    }
    return this.#foreign(`\`${token.text}(…)\``);
  }

  #match(): Expression {
    const at = this.#cursor.peek().at;
    const values = this.#arguments();
    const [pattern, text] = values ?? [];
    if (values?.length !== 2 || pattern?.kind !== 'value' || pattern.value.kind !== 'string') {
      return this.#foreign('`re.match` with a pattern that is not written out');
    }
    const regex = compileRegex(pattern.value.value, { multiline: false });
    if (regex.kind === 'problem') this.#cursor.fail(`invalid regular expression: ${regex.message}`, at);
    return { kind: 'match', regex, text: text! };
  }

  #metavariable(token: Token & { kind: 'metavariable' }): Expression {
    if (/^\$\d/.test(token.text)) {
      this.#cursor.fail(`${token.text} is not allowed in a comparison; name the group, as in (?<NAME>…)`, token.at);
    }
    if (!/^\$(\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(token.text)) {
      this.#cursor.fail(`${token.text} is not a metavariable; they are written in capitals`, token.at);
    }
    const metavariable: Expression = { kind: 'metavariable', name: token.text };
    return this.#strip ? { kind: 'call', name: 'int', argument: metavariable } : metavariable;
  }

  #number(text: string): Expression {
    const value = numberLiteral(text);
    return typeof value === 'string' ? this.#foreign(value) : constant(value);
  }

  /** Adjacent literals are one. */
  #strings(first: Token & { kind: 'string' }): Expression {
    const pieces = stringPieces(first);
    for (let token = this.#cursor.peek(); token.kind === 'string'; token = this.#cursor.peek()) {
      this.#cursor.advance();
      pieces.push(...stringPieces(token));
    }
    const texts = pieces.map((piece) => ('text' in piece ? piece.text : null));
    if (!texts.includes(null)) return constant(string(texts.join('')));
    return { kind: 'interpolation', parts: pieces.map((piece) => this.#piece(piece, first.at)) };
  }

  #piece(piece: StringPiece, at: number): Expression {
    if ('text' in piece) return constant(string(piece.text));
    return 'foreign' in piece ? this.#foreign(piece.foreign) : this.#hole(piece.hole, at);
  }

  #hole(text: string, at: number): Expression {
    try {
      const parser = new ComparisonParser(text, this.#strip);
      const expression = parser.whole();
      for (const what of parser.unsupported) this.#foreign(what);
      return expression;
    } catch (error) {
      // Offsets into the hole mean nothing to the reader.
      if (error instanceof SyntaxFailure) this.#cursor.fail(error.message, at);
      throw error;
    }
  }

  /** Everything up to the end of the bracket at hand. */
  #skipForeign(what: string): Expression {
    this.#cursor.skipBracket();
    return this.#foreign(`\`${what}\``);
  }

  #foreign(what: string): Expression {
    if (!this.unsupported.includes(what)) this.unsupported.push(what);
    return { kind: 'unsupported', what };
  }
}

function constant(value: Value): Expression {
  return { kind: 'value', value };
}

/** Says in a rule author's terms what the `yaml` package complains about. */
import { CST, type ErrorCode, type YAMLError } from 'yaml';
import type { YamlProblem } from './problem.ts';

type Explanation = Pick<YamlProblem, 'message' | 'suggestion'>;

const TAB: Explanation = { message: 'a tab is used for indentation', suggestion: 'indent with spaces' };

const UNKNOWN_TAG: Explanation = {
  message: 'a value that starts with `!` is a YAML tag, and this one is unknown',
  suggestion: 'quote the value',
};

const EXPLANATIONS: Partial<Record<ErrorCode, Explanation>> = {
  TAB_AS_INDENT: TAB,
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a value without quotes may not hold `: ` nor be followed by an indented key',
    suggestion: 'quote the value, or write it as a block: `|` and indented lines',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'expected a `:` at the end of this key',
    suggestion: 'write `key: value`, or `key:` with the value indented below',
  },
  BAD_ALIAS: { message: '`*` must be followed by the name of an anchor', suggestion: 'quote the value' },
  MULTIPLE_ANCHORS: { message: 'a value may have only one anchor (`&name`)', suggestion: 'quote the value' },
  UNEXPECTED_TOKEN: {
    message: 'this text does not belong to anything before it',
    suggestion: 'check the indentation and the quotes of the lines before',
  },
};

/** Turns one error or warning of the package into a problem; `tokens` is the file's token tree. */
export function explainYamlError(error: YAMLError, tokens: CST.Token[], text: string): YamlProblem {
  const [start, end] = error.pos.map((offset) => Math.max(0, Math.min(offset, text.length))) as [number, number];
  const known = EXPLANATIONS[error.code];
  if (error.code === 'TAG_RESOLVE_FAILED') return { code: 'yaml-value', ...UNKNOWN_TAG, start, end };
  if (known !== undefined) return problem(known, start, end);
  switch (error.code) {
    case 'BAD_SCALAR_START':
      return problem(
        {
          message: `a value without quotes may not start with \`${text[start] ?? ''}\``,
          suggestion: 'quote the value',
        },
        start,
        end,
      );
    case 'BAD_DQ_ESCAPE':
      return problem(
        {
          message: `\`${text.slice(start, start + 2)}\` means nothing inside double quotes`,
          suggestion: 'use single quotes, or a block: `|` and indented lines',
        },
        start,
        start + 2,
      );
    case 'BAD_INDENT':
      return badIndent(error, start, end, text);
    case 'MISSING_CHAR':
      return missingCharacter(error, start, end, tokens);
    default:
      return problem({ message: `invalid YAML: ${firstLine(error.message)}`, suggestion: '' }, start, end);
  }
}

function problem(explanation: Explanation, start: number, end: number): YamlProblem {
  return { code: 'yaml-syntax', ...explanation, start, end: Math.max(start, end) };
}

function badIndent(error: YAMLError, start: number, end: number, text: string): YamlProblem {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (/^ *\t/.test(text.slice(lineStart, lineStart + 100))) return problem(TAB, start, end);
  const inBrackets = error.message.startsWith('Flow');
  return inBrackets
    ? problem(
        {
          message: 'expected the closing bracket of a list or mapping before this place, or deeper indentation',
          suggestion: 'close it with `]` or `}`',
        },
        start,
        end,
      )
    : problem(
        {
          message: 'the indentation of this line fits none of the lines above',
          suggestion: 'align keys of one mapping, and hyphens of one list, in the same column',
        },
        start,
        end,
      );
}

function missingCharacter(error: YAMLError, start: number, end: number, tokens: CST.Token[]): YamlProblem {
  if (error.message.startsWith('Missing closing')) {
    const opened = findQuoteEndingAt(tokens, [start, end]) ?? start;
    return problem({ message: 'the quote opened here is never closed', suggestion: '' }, opened, opened + 1);
  }
  if (error.message.includes('map keys')) {
    return problem(
      {
        message: 'expected a `:` after this text, which stands where a key is due',
        suggestion: 'write `key: value`; a text over several lines needs deeper indentation, or `|` before it',
      },
      start,
      end,
    );
  }
  return problem(
    {
      message: 'expected a `-` here, as before the other items of this list',
      suggestion: 'align the line with the keys it belongs to, or start it with a hyphen',
    },
    start,
    end,
  );
}

/** An unclosed quote swallows the rest of its block; the package reports the end, an author looks for the start. */
function findQuoteEndingAt(tokens: CST.Token[], ends: number[]): number | null {
  let opened: number | null = null;
  const look = (token: CST.Token | null | undefined): void => {
    if (token == null || !('source' in token) || !token.type.endsWith('-quoted-scalar')) return;
    if (ends.includes(token.offset + token.source.length)) opened = token.offset;
  };
  for (const token of tokens) {
    if (token.type !== 'document') continue;
    look(token.value);
    CST.visit(token, (item) => {
      look(item.key);
      look(item.value);
    });
  }
  return opened;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

import { expect, test } from 'vitest';
import { python } from '../../testing/load-engine.ts';
import { EXPRESSIONS } from './lower-expression.ts';
import { SEVERAL_STATEMENTS, STATEMENTS } from './lower-statement.ts';
import { FIELD_NAMES, Sym } from './symbols.ts';

const { grammar } = python.parser;

// A name that the grammar does not know (a slip, or renamed in a new version) would silently never match.
test.each([
  ['EXPRESSIONS', EXPRESSIONS, []],
  ['STATEMENTS', STATEMENTS, []],
  ['SEVERAL_STATEMENTS', SEVERAL_STATEMENTS, []],
  // `except*` had its own symbol up to version 0.23.
  ['Sym', Sym, ['except_group_clause']],
])('%s names symbols of the grammar', (_, table, unknown) => {
  expect(Object.keys(table).filter((name) => !grammar.typeNames.includes(name))).toEqual(unknown);
});

test('the fields are fields of the grammar', () => {
  expect(FIELD_NAMES.filter((name) => !grammar.fieldNames.includes(name))).toEqual([]);
});

test('codes fit a byte, differ, and none is 0, which means no code', () => {
  const codes = Object.values(Sym);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => code < 1 || code > 255)).toEqual([]);
});

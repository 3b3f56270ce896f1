import { expect, test } from 'vitest';
import { pythonIdioms } from './python-idioms.ts';

test.each([
  ['pickle.loads(...)', 'pickle.loads()'],
  ['$BANK.send($TO, ..., key=$KEY, ...)', 'bank.send(to, key=key)'],
  ['run(..., debug=True, ...)', 'run(debug=True)'],
  ['def $F(...): ...', 'def f(): pass'],
  ['@$APP.route(...)\ndef $F(..., $X, ...):\n  ...', '@app.route()\ndef f(x): pass'],
  ['open("...", $...REST)', 'open("text")'],
  ['f(<... input(...) ...>)', 'f(input())'],
  ['($DB: Session).execute($SQL)', 'db.execute(sql)'],
  ['class $C(Base): ...', 'class c(Base): pass'],
  ['def $F(...):\n  ...\n  <... check(...) ...>\n  ...', 'def f():\n  check()'],
])('%j is exemplified by %j', (pattern, code) => {
  expect(pythonIdioms.example(pattern)).toBe(code);
});

test.each([
  ['shop/views/admin.py', 'shop.views.admin'],
  ['shop/__init__.py', 'shop'],
  ['./stubs/shop.pyi', 'stubs.shop'],
])('%s is imported as %s', (path, module) => {
  expect(pythonIdioms.moduleOf(path)).toBe(module);
});

test.each([
  ['def $F(...): ...', '$F'],
  ['@$APP.route(...)\nasync def $VIEW(...):\n  ...', '$VIEW'],
  ['class Orders: ...', 'Orders'],
  ['path($ROUTE, $VIEW)', null],
])('%j declares %s', (pattern, name) => {
  expect(pythonIdioms.declaredName(pattern)).toBe(name);
});

import { expect, test } from 'vitest';
import { outlineOf } from './outline.ts';

test('the functions and classes of a text', () => {
  const text = `
class A: pass
class B(): pass
class C(A, mod.Base, metaclass=Meta):
    async def run(self, x): ...
class D[T: int](Generic[T], make(A, B)): ...
class E(
    A,  # the first
    other.B,
): ...
def plain(): ...
def generic[T](x: T): ...
@decorated
def été(): ...
`;
  expect(outlineOf(text)).toEqual({
    functions: ['run', 'plain', 'generic', 'été'],
    classes: [
      { name: 'B', bases: [] },
      { name: 'C', bases: ['A', 'Base'] },
      { name: 'D', bases: ['Generic', 'make', 'B'] },
      { name: 'E', bases: ['A', 'B'] },
    ],
  });
});

test.each(['class a[', 'class a(', 'class a(b', 'def ', 'class ', 'class a(b.', 'class a()(', 'a .'])(
  '%s, 100,000 times',
  (part) => {
    const started = performance.now();
    outlineOf(part.repeat(100_000));
    outlineOf(`class a(${part.repeat(100_000)}`);
    outlineOf(`class a(${part.repeat(100_000)})`);
    expect(performance.now() - started).toBeLessThan(2000);
  },
);

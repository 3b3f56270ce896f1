import { expect, test } from 'vitest';
import { ruleIdPrefix } from './rule-id-prefix.ts';

// The relative rows were checked against Semgrep 1.182.
test.each([
  ['foo.yml', ''],
  ['./foo.yml', ''],
  ['a/b/c.yml', 'a.b.'],
  ['../o/p/q.yml', 'o.p.'],
  ['../q.yml', ''],
  ['.hid/k/c.yml', 'hid.k.'],
  ['d/.h2/c.yml', 'd..h2.'],
  ['a/../a/c.yml', 'a....a.'],
  ['a//b/./c.yml', 'a.b.'],
  ['sp ace/ü+x/c.yml', 'space.x.'],
  ['/etc/k/c.yml', 'etc.k.'],
  ['/home/me/project/a/c.yml', 'a.'],
  ['/home/me/project/c.yml', ''],
  ['/home/me/project2/c.yml', 'home.me.project2.'],
  ['/c.yml', ''],
])('%s → %j', (path, prefix) => {
  expect(ruleIdPrefix(path, '/home/me/project')).toBe(prefix);
});

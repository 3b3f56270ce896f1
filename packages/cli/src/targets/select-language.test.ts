import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languagesOfTarget, selectLanguages } from './select-language.ts';
import { makeFolder } from './testing/temporary-folder.ts';

test.each<[string, string, boolean, string[]]>([
  // name, content, executable, languages
  ['a.py', '', false, ['python']],
  ['a.h', '', false, ['c', 'cpp']],
  ['Dockerfile', '', false, ['dockerfile']],
  ['a.PY', '', false, []],
  ['tool', '#!/usr/bin/env python3\n', false, []],
  ['tool', '#!/usr/bin/env python3\n', true, ['python']],
  ['tool', '#! /usr/bin/python3 -u\r\nx', true, ['python']],
  ['tool', '#!/usr/bin/env -S node --flag\n', true, ['js']],
  ['tool', '#!/usr/bin/env\n', true, []],
  ['tool', '#!\n', true, []],
  ['tool', '#!/usr/bin/python3.11\n', true, []],
  ['tool', '\n#!/bin/sh\n', true, []],
  ['tool', '', true, []],
  ['a.js', '#!/usr/bin/env python3\n', true, ['js', 'python']],
  ['a.py', '#!/usr/bin/env python3\n', true, ['python']],
])('%s %j executable: %s → %j', (name, content, executable, expected) => {
  const folder = makeFolder({ [name]: content });
  chmodSync(join(folder, name), executable ? 0o755 : 0o644);
  expect(languagesOfTarget({ absolutePath: join(folder, name), executable })).toEqual(expected);
});

test.each<[string, string[], string[], { anyLanguage: boolean }, string[]]>([
  ['a.py', ['python', 'js'], ['python'], { anyLanguage: false }, ['python']],
  ['a.js', ['python'], ['js'], { anyLanguage: true }, []],
  ['a.h', ['c', 'cpp'], ['c', 'cpp'], { anyLanguage: false }, ['c', 'cpp']],
  ['a.zzz', ['regex'], [], { anyLanguage: false }, ['regex']],
  ['a.py', ['generic'], ['python'], { anyLanguage: false }, ['generic']],
  ['a.zzz', ['python'], [], { anyLanguage: false }, []],
  ['a.zzz', ['python', 'js'], [], { anyLanguage: true }, ['python', 'js']],
  ['tool', ['js'], ['python'], { anyLanguage: true }, ['js']],
])('%s: rule for %j, file in %j, %j → %j', (name, ruleLanguages, fileLanguages, target, expected) => {
  expect(selectLanguages(ruleLanguages, fileLanguages, { absolutePath: `/x/${name}`, ...target })).toEqual(expected);
});

import { expect, test } from 'vitest';
import { makeFolder } from '../targets/testing/temporary-folder.ts';
import { readCodeOwners } from './codeowners.ts';

test('everybody whom it names, in small letters', () => {
  const text = '# @nobody\n* @acme/Web  someone@acme.example # @left\n/docs/@types @docs\n[Section] @section\n';
  expect(readCodeOwners(makeFolder({ '.github/CODEOWNERS': text }))).toEqual({
    file: '.github/CODEOWNERS',
    owners: new Set(['@acme/web', 'someone@acme.example', '@docs', '@section']),
  });
});

test('there may be none', () => {
  expect(readCodeOwners(makeFolder({ 'docs/readme.md': '' }))).toBeNull();
});

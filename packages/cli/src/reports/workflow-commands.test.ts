import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeAttribute, escapeXml } from './junit.ts';
import { stringifyJson } from './stringify-json.ts';
import { hostileText } from './testing/hostile-text.ts';
import { takenCommands } from './testing/taken-commands.ts';
import { defuseCommands, escapeCommandMessage, escapeCommandProperty } from './workflow-commands.ts';

/** What GitHub's runner reads in a line of the form `::name key=value,…::message`. */
function parseCommand(line: string) {
  const [, name = '', list = '', message = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  const decode = (text: string) =>
    text.replace(/%(25|0D|0A|3A|2C)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const properties = list.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(decode));
  return { name, properties: Object.fromEntries(properties), message: decode(message) };
}

test('our own commands say what they should, whatever the text', () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (file, title, message) => {
      const properties = `file=${escapeCommandProperty(file)},title=${escapeCommandProperty(title)}`;
      const line = `::error ${properties}::${escapeCommandMessage(message)}`;
      expect(line).not.toMatch(/[\r\n]/);
      expect(parseCommand(line)).toEqual({ name: 'error', properties: { file, title }, message });
    }),
  );
});

describe('what would be taken for a command', () => {
  test.each([
    ['::error file=a::b', '∷error file=a::b'],
    ['a\n  ::stop-commands::x\n', 'a\n  ∷stop-commands::x\n'],
    ['a ::error::b', 'a ::error::b'],
    ['::std::foo()', '∷std::foo()'],
    ['  ::global = 1', '  ::global = 1'],
    ['x = 1 ##[error]b', 'x = 1 ＃＃[error]b'],
    ['##VSO[task.setvariable]b ##teamcity[c]', '＃＃VSO[task.setvariable]b ＃＃teamcity[c]'],
    ['## [heading](x)', '## [heading](x)'],
  ])('%j is printed as %j', (text, printed) => {
    expect(defuseCommands(text)).toBe(printed);
  });

  test('is none any more', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(takenCommands(defuseCommands(text))).toEqual([]);
      }),
    );
  });

  test('is none in JSON and XML, which say the same as before', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const json = stringifyJson({ text });
        expect(takenCommands(json)).toEqual([]);
        expect(JSON.parse(json)).toEqual({ text });
        expect(takenCommands(`${escapeXml(text)}\n${escapeAttribute(text)}`)).toEqual([]);
      }),
    );
  });
});

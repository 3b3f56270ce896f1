import fc from 'fast-check';

/** What acts somewhere: in a terminal, a log, Markdown, HTML, XML or a spreadsheet. */
const ACTIVE = [
  '@team', '#12', '!3', 'GH-4', 'me@example.com', 'https://example.com/x?a=1&b=2', 'www.example.com', '[a](b)', '![a](b)',
  '<b onclick="x">', '</code>', '</script>', '<!--', ']]>', '&lt;', '&#64;', '`', '``', '```', '~~~', '|', '- ', '---',
  '===', ':-', '1. ', '> ', '# ', '    ', '\t', '\\', '*', '_', '$', '"', "'", ',', ';', '%0A', '%', '\r', '\n', '\r\n',
  '\n\n', '::error file=a::b', '::stop-commands::x', '##[error]', '##vso[task.x]', '##teamcity[x]', '=1+1', '+1', '-1',
  '\u001b[31m', '\u0000', '\u009b', '\u202e', '\u2028', '\ufeff', '\ud800', '表', '😀', 'x', ' ',
]; // biome-ignore format: a list

/** Text put together of pieces that would act if they were not escaped, and of any characters between. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ACTIVE) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''));

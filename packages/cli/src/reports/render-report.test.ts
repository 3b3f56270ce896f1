import { expect, test } from 'vitest';
import { COMMENT_BYTES, type RenderOptions, renderReport } from './render-report.ts';
import { REPORT_FORMATS } from './report-formats.ts';
import { SARIF_DEFAULTS } from './sarif.ts';
import { SAMPLE_TEXT, sampleReport } from './testing/sample-report.ts';

const OPTIONS: RenderOptions = {
  text: SAMPLE_TEXT,
  json: { verbose: false, time: false, fixedLines: false },
  sarif: SARIF_DEFAULTS,
  github: { hasSummary: false },
  markdown: { ...SAMPLE_TEXT, maxBytes: COMMENT_BYTES },
  html: SAMPLE_TEXT,
};

const STARTS: Record<(typeof REPORT_FORMATS)[number], string> = {
  text: 'src/',
  json: '{"version":"0.1.0","results":',
  sarif: '{"version":"2.1.0","runs":',
  'junit-xml': '<?xml',
  'gitlab-sast':
    '{"$schema":"https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/blob/master/dist/sast',
  'gitlab-secrets':
    '{"$schema":"https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/blob/master/dist/secret',
  emacs: 'src/',
  vim: 'src/',
  github: '::warning title=Lockstep%3A not everything was looked at::',
  'gitlab-codequality': '[{"type":"issue",',
  rdjson: '{"source":{"name":"lockstep"},"diagnostics":[{',
  markdown: '# Lockstep: 4 findings\n',
  html: '<!DOCTYPE html>\n<html lang="en">\n',
  csv: '"severity","rule","path",',
};

test.each(REPORT_FORMATS)('%s', (format) => {
  const text = renderReport(sampleReport(), format, OPTIONS);
  expect(text.startsWith(STARTS[format])).toBe(true);
  expect(text.endsWith('\n')).toBe(true);
  // The same input must give the same bytes.
  expect(renderReport(sampleReport(), format, OPTIONS)).toBe(text);
});

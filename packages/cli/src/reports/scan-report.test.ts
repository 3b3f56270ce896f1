import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completenessOf } from './completeness.ts';
import { assembleReport, compareFindings } from './scan-report.ts';
import { emptyReport, sampleFinding, sampleReport } from './testing/sample-report.ts';

describe('assembleReport', () => {
  test('gives the same report in whatever order the parts come', () => {
    const report = sampleReport();
    // Unnumbered, as the engine hands them over.
    const findings = report.findings.map((finding) => ({ ...finding, fingerprint: finding.ruleId }));
    const expected = assembleReport({ ...report, findings });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(findings, { minLength: findings.length }),
        fc.shuffledSubarray(report.issues, { minLength: report.issues.length }),
        fc.shuffledSubarray(report.targets, { minLength: report.targets.length }),
        (someFindings, issues, targets) => {
          expect(assembleReport({ ...report, findings: someFindings, issues, targets })).toEqual(expected);
        },
      ),
    );
  });

  test('drops repeats and what is never reported, and numbers the rest', () => {
    const one = sampleFinding('src/app.py', 'cur', 'rules.run', { fingerprint: 'f' });
    const findings = [
      sampleFinding('src/app.py', 'cur', 'rules.run', { occurrence: 1, fingerprint: 'f' }),
      one,
      { ...one, fix: 'other' },
      { ...one, message: 'says something else' },
      { ...one, ruleId: 'stock', severity: 'INVENTORY' as const },
    ];
    const report = assembleReport({ ...emptyReport(), findings });
    expect(report.findings.map(({ start, message, fingerprint }) => [start.offset, message, fingerprint])).toEqual([
      [27, 'run', 'f_0'],
      [27, 'says something else', 'f_1'],
      [65, 'run', 'f_2'],
    ]);
    expect(report.findings).toEqual(report.findings.toSorted(compareFindings));
  });
});

describe('completeness', () => {
  test('counts what was left out', () => {
    expect(completenessOf(sampleReport())).toEqual({
      complete: false,
      problems: {},
      issues: { 'incompatible-rule': 1, 'partial-parsing': 1, 'rule-error': 1 },
      skipped: { exceeded_size_limit: 1, semgrepignore_patterns_match: 1 },
    });
  });

  test('is not touched by what was left out on request', () => {
    const { issues } = sampleReport();
    const report = {
      ...emptyReport(),
      issues: issues.filter(({ code }) => code === 'incompatible-rule'),
      skipped: [{ path: 'x.py', reason: 'cli_exclude_flags_match' }],
    };
    expect(completenessOf(report).complete).toBe(true);
  });

  test.each(['exceeded_size_limit', 'insufficient_permissions'])('suffers from %s', (reason) => {
    expect(completenessOf({ ...emptyReport(), skipped: [{ path: 'x.py', reason }] }).complete).toBe(false);
  });
});

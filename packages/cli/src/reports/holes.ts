import { isHarmless, isUnwantedSkip, leavesHole } from './completeness.ts';
import { ISSUE_CODES, issuePlace, issueText, skipText } from './hole-texts.ts';
import type { ScanReport } from './scan-report.ts';
import { problemPlace } from './setup-problem.ts';

/** Something that should have been looked at and was not, in words; what comes from files in them is as it was. */
export interface Hole {
  text: string;
  /** All of them, in report order, each once. */
  places: string[];
}

/** What makes a report incomplete; none where it is complete. */
export function holesOf(report: ScanReport): Hole[] {
  const problems = report.problems.filter(leavesHole).map((problem) => {
    const { message, remedy } = problem;
    return hole(remedy === '' ? message : `${message}\n${remedy}`, [problemPlace(problem)]);
  });
  const issues = ISSUE_CODES.filter((code) => !isHarmless(code)).map((code) => {
    const places = report.issues.filter((issue) => issue.code === code).map(issuePlace);
    return places.length === 0 ? null : hole(issueText(code, places.length), places);
  });
  const reasons = [...new Set(report.skipped.map(({ reason }) => reason).filter(isUnwantedSkip))].sort();
  const skipped = reasons.map((reason) => {
    const paths = report.skipped.filter((skip) => skip.reason === reason).map(({ path }) => path);
    return hole(skipText(reason, paths.length), paths);
  });
  return [...problems, ...issues.filter((issue) => issue !== null), ...skipped];
}

function hole(text: string, places: readonly string[]): Hole {
  return { text, places: [...new Set(places.filter((place) => place !== ''))] };
}

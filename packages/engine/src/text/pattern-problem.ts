/** Why a generic-mode pattern is invalid. */
export interface PatternProblem {
  kind: 'problem';
  message: string;
}

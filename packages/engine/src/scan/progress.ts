/** What a scan is at where it is no rule's turn; `onProgress` is told one of these, or the index of a rule. */
export const PARSING = -1;
/** The patterns of all rules, in one walk. */
export const MATCHING_ALL = -2;

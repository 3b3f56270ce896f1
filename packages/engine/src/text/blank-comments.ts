/** `generic_comment_style`: which comments generic mode does not see. */
export type CommentStyle = 'c' | 'cpp' | 'shell';

const COMMENTS: Record<CommentStyle, RegExp> = {
  c: /\/\*[\s\S]*?\*\//g,
  cpp: /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
  shell: /#[^\n]*/g,
};

/** Overwrites comments with blanks, so that offsets and lines stay. Markers count anywhere, even inside strings. */
export function blankComments(text: string, style: CommentStyle): string {
  return text.replace(COMMENTS[style], (comment) => comment.replace(/[^\n]/g, ' '));
}

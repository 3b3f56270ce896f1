/**
 * Continuous-integration services take orders from what a job prints: a line such as `::error::…` (GitHub), or `##[…]`,
 * `##vso[…]` (Azure) and `##teamcity[…]` anywhere in one. A file name or a line of code must not give any.
 */

/** The message of one of our own commands. */
export function escapeCommandMessage(text: string): string {
  return text.replace(/[%\r\n]/g, escapeUnit);
}

/** The value of a property of one of our own commands, such as `file`. */
export function escapeCommandProperty(text: string): string {
  return text.replace(/[%\r\n:,]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/**
 * Lines to print, with look-alikes in place of what would be taken for a command. For formats that cannot write the same
 * characters in another way; call it last, since wrapping a message may bring any word to the start of a line.
 */
export function defuseCommands(text: string): string {
  return text.replace(COMMAND_LINE, '$1∷').replace(COMMAND_WITHIN, '＃＃');
}

/** `::name properties::message`; an indented one counts too. C++ may start a line with `::name` alone. */
const COMMAND_LINE = /^([^\S\n]*)::(?=[^\n]*::)/gm;
const COMMAND_WITHIN = /##(?=\[|vso\[|teamcity\[)/gi;

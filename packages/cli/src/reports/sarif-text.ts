/** Code such as `calls[0](name)` would be a link in a message of SARIF: a character without width goes between. */
export function withoutLinks(message: string): string {
  return message.replaceAll('](', ']\u200b(');
}

/** For snapshots: characters that would act, or hide, in an editor are spelled out. */
export function spelled(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code === 0x1b ? '\\e' : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** One-line JSON spread over lines, to read and compare. */
export function spelledJson(json: string): string {
  return spelled(JSON.stringify(JSON.parse(json), null, 1));
}

/** Paths become URI references: a blank or a `#` in a file name would otherwise change where a viewer looks. */
export function sarifLocation(path: string): object {
  // A lone surrogate cannot be encoded at all.
  const uri = path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  return { uri, uriBaseId: '%SRCROOT%' };
}

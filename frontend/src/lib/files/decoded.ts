/**
 * The text of a file. Most are UTF-8. Of those that are not, Windows says UTF-16 in the first two bytes, and
 * what is left is as the person's language was written before.
 */
export function decoded(bytes: ArrayBuffer, languages: readonly string[] = navigator.languages): string {
  const [a, b] = new Uint8Array(bytes.slice(0, 2));
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const chinese = languages.some((tag) => tag.toLowerCase().startsWith('zh'));
    return new TextDecoder(chinese ? 'gb18030' : 'windows-1252').decode(bytes);
  }
}

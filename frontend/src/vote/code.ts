/** The room code in the address of a voting page, /K7TQ2M; "" where there is none. */
export function codeInPath(path: string): string {
  return (/^\/([A-Za-z0-9]{6})\/?$/.exec(path)?.[1] ?? '').toUpperCase();
}

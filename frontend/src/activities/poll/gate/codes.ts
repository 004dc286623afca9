/** Letters and digits that are not taken for each other: 32 of them. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 10;

/** How many codes a poll has, and how many go out at a time. */
export const MOST_CODES = 10_000;
export const AT_A_TIME = 1_000;

/** Makes a code that nobody can guess: one of 2⁵⁰. */
export function newCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(LENGTH));
  const signs = Array.from(random, (n) => SIGNS[n % SIGNS.length] ?? '');
  return `${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`;
}

/** So many codes, no two the same. */
export function newCodes(n: number): string[] {
  const all = new Set<string>();
  while (all.size < n) all.add(newCode());
  return [...all];
}

/** Codes as a file for a spreadsheet. */
export function csv(head: string, codes: readonly string[]): string {
  return `\ufeff${[head, ...codes].join('\r\n')}\r\n`;
}

/** The codes in the parts in which they go out. */
export function parts(codes: readonly string[], most = AT_A_TIME): string[][] {
  const all: string[][] = [];
  for (let at = 0; at < codes.length; at += most) all.push(codes.slice(at, at + most));
  return all;
}

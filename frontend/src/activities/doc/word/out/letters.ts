/** Text as a file of XML can have it. */
export function clean(text: string): string {
  return text.replace(
    /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '',
  );
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Tells whether a text goes from right to left: its first letter says so, as with dir="auto". */
export function goesLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? '');
}

/** Tells whether some of a text goes from right to left. */
export function hasLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

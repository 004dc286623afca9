const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

// A Chinese name is written without a space: its last two signs are what friends call the person.
const chinese = /^\p{Script=Han}{2,}$/u;

/**
 * What stands for a name in a small circle: the first letters of the first and last word, the last two
 * signs of a Chinese name, or one sign where signs are wide. Whole graphemes, so that no flag or accent
 * is cut in two.
 */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const [word = ''] = words;
  if (chinese.test(word)) return [...word].slice(-2).join('');
  const first = firstSign(word);
  if (first === '') return '?';
  if (words.length < 2 || wide.test(first)) return first;
  const last = firstSign(words.at(-1) ?? '');
  return wide.test(last) ? first : first + last;
}

function firstSign(word: string): string {
  for (const { segment } of segments.segment(word)) return segment.toLocaleUpperCase();
  return '';
}

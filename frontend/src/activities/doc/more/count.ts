export interface Count {
  words: number;
  characters: number;
}

/** Written without spaces between words: counted one by one where nothing knows the words of a language. */
const ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const LETTERS = /[\p{L}\p{N}]/u;

const hasSegmenter = typeof Intl !== 'undefined' && 'Segmenter' in Intl;

/**
 * How much is written. Of Chinese and Japanese every character is a word, as writers there count; of
 * other scripts a word is what Intl says, or what stands between spaces. Line ends are no characters, and
 * what looks like one character is one.
 */
export function count(text: string, segments = hasSegmenter): Count {
  const alone = text.match(ALONE)?.length ?? 0;
  const others = text.replace(ALONE, ' ');
  return { words: alone + wordsIn(others, segments), characters: charactersIn(text, segments) };
}

function wordsIn(text: string, segments: boolean): number {
  // Spaces part words in nearly every text, and are found much faster.
  if (segments && /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(text)) {
    let n = 0;
    for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
      if (isWordLike) n++;
    }
    return n;
  }
  return text.split(/\s+/u).filter((word) => LETTERS.test(word)).length;
}

function charactersIn(text: string, segments: boolean): number {
  const lines = text.replace(/\n/g, '');
  // Only what is made of several code points has to be looked at more closely.
  if (!segments || !/[\p{M}\p{Emoji_Modifier}\u200d\ufe0f\p{Regional_Indicator}]/u.test(lines)) {
    return [...lines].length;
  }
  let n = 0;
  for (const _ of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(lines)) n++;
  return n;
}

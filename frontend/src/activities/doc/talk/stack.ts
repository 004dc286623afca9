/** A card beside the text: where it would like to be, and how high it is. */
export interface Wish {
  y: number;
  height: number;
}

/** There is so much of the page above the text, px. */
const TOP = -48;

/**
 * Where cards come to stand that must not lie over each other: each at its wish, or as near below it as
 * the one before allows. The chosen one (-1: none) has its wish; those before it make room upwards, as far
 * as there is some: above `TOP` they could not be reached.
 */
export function stacked(wishes: readonly Wish[], chosen: number, gap = 8): number[] {
  const out: number[] = [];
  let free = -Infinity;
  wishes.forEach(({ y, height }, i) => {
    out.push(i === chosen ? y : Math.max(y, free));
    free = (out[i] as number) + height + gap;
  });
  for (let i = chosen - 1; i >= 0; i--) {
    const { height } = wishes[i] as Wish;
    out[i] = Math.min(out[i] as number, (out[i + 1] as number) - gap - height);
  }
  let least = TOP;
  wishes.forEach(({ height }, i) => {
    out[i] = Math.max(out[i] as number, least);
    least = (out[i] as number) + height + gap;
  });
  return out;
}

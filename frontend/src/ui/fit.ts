import type { Attachment } from 'svelte/attachments';

/** Sizes of text, as parts of the window's height. */
export interface Sizes {
  most: number;
  least: number;
}

/**
 * Gives an element the largest text with which it is no higher than `room` (pixels), between two sizes.
 * It is measured when it appears, when `what` changes, and with every new size of the window.
 */
export function fit(
  what: unknown,
  sizes: Sizes,
  room: (element: HTMLElement) => number,
): Attachment<HTMLElement> {
  void what;
  return (element) => {
    function measure(): void {
      let [small, large] = [sizes.least * innerHeight, sizes.most * innerHeight];
      const fits = (size: number): boolean => {
        element.style.fontSize = `${size}px`;
        return element.scrollHeight <= room(element) + 1;
      };
      if (fits(large)) return;
      while (large - small > 0.5) {
        const middle = (small + large) / 2;
        if (fits(middle)) small = middle;
        else large = middle;
      }
      fits(small);
    }
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  };
}

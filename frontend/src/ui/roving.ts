/**
 * The item that a key moves to in a list of which one item has the focus: Home, End, the arrows (they go
 * round) and, where words is given, the first letter of an item. Undefined where the key is not for moving.
 */
export function roving<T>(
  items: readonly T[],
  at: number,
  key: string,
  arrows: { forward: string; back: string },
  words?: (item: T) => string,
): T | undefined {
  if (key === arrows.forward) return items[(at + 1) % items.length];
  if (key === arrows.back) return items.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (!words || key.length !== 1 || key === ' ') return undefined;
  const begins = (item: T) => words(item).trim().toLowerCase().startsWith(key.toLowerCase());
  return [...items.slice(at + 1), ...items].find(begins);
}

export const vertical = { forward: 'ArrowDown', back: 'ArrowUp' };

/** Left and right, as the text around the element runs. */
export function horizontal(element: Element): { forward: string; back: string } {
  const [forward, back] = ['ArrowRight', 'ArrowLeft'];
  return getComputedStyle(element).direction === 'rtl' ? { forward: back, back: forward } : { forward, back };
}

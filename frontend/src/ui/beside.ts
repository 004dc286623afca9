const gap = 6;
const edge = 8;

/**
 * Puts something fixed under what opened it, or above where there is more room, along the side on which
 * the text begins, and never outside the window.
 */
export function beside(layer: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = layer.getBoundingClientRect();
  const rightToLeft = getComputedStyle(anchor).direction === 'rtl';

  const below = at.bottom + gap + height <= innerHeight - edge || at.top < innerHeight - at.bottom;
  const top = below ? at.bottom + gap : at.top - gap - height;
  const left = rightToLeft ? at.right - width : at.left;

  layer.style.setProperty('top', `${within(top, innerHeight - height)}px`);
  layer.style.setProperty('left', `${within(left, document.documentElement.clientWidth - width)}px`);
}

function within(place: number, most: number): number {
  return Math.max(edge, Math.min(place, most - edge));
}

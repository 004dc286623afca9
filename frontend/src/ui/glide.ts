import { prefersReducedMotion } from 'svelte/motion';
import type { AnimationConfig } from 'svelte/animate';

/** For animate: in a list, what has another place slides there and keeps its size. */
export function glide(_: Element, { from, to }: { from: DOMRect; to: DOMRect }): AnimationConfig {
  const [x, y] = [from.left - to.left, from.top - to.top];
  const duration = prefersReducedMotion.current || (x === 0 && y === 0) ? 0 : 250;
  return { duration, css: (_t, left) => `transform: translate(${left * x}px, ${left * y}px)` };
}

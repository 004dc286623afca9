// Brings a part of what is on the screen into sight, as soon as it is there.

/** How long one waits for an activity to load, ms; how long it may still be drawn anew; how long the place stays marked. */
const PATIENCE = 6000;
const SETTLES = 1500;
const MARKED = 4000;

/**
 * Scrolls to the part with a key, which hears "revealed", or to the first paragraph with a text; nothing if neither comes. While the
 * screen settles, the part may be drawn anew or pushed out of sight: then one goes there again.
 */
export function reveal(within: HTMLElement, key: string, text: string): () => void {
  let found = 0;
  const began = performance.now();
  let frame = requestAnimationFrame(look);
  function look(now: number): void {
    const over = found ? now - found > SETTLES : now - began > PATIENCE;
    if (over) return;
    frame = requestAnimationFrame(look);
    const part = within.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? paragraph(within, text);
    if (!part || (found && inSight(part))) return;
    if (!found) part.dispatchEvent(new CustomEvent('revealed', { bubbles: true, detail: key }));
    found ||= now;
    part.scrollIntoView({ block: 'center' });
    mark(part);
  }
  return () => cancelAnimationFrame(frame);
}

function inSight(part: Element): boolean {
  const { top, bottom } = part.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** The first line of a text that is being written which has some words in it. */
function paragraph(within: HTMLElement, text: string): Element | undefined {
  const words = text.toLowerCase();
  if (words === '') return undefined;
  return [...within.querySelectorAll('[contenteditable] > *')].find((line) =>
    line.textContent?.toLowerCase().includes(words),
  );
}

/** Marks a part for a moment without touching it: an editor would take that for writing. */
function mark(part: Element): void {
  if (!('highlights' in CSS)) return;
  const range = new Range();
  range.selectNodeContents(part);
  CSS.highlights.set('found', new Highlight(range));
  setTimeout(() => CSS.highlights.delete('found'), MARKED);
}

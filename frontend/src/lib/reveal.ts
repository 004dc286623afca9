// Brings a part of what is on the screen into sight, as soon as it is there.

/** How long one waits for an activity to load, ms; and how long the place stays marked. */
const PATIENCE = 6000;
const MARKED = 4000;

/**
 * Scrolls to the part with a key, or to the first paragraph with a text; nothing if neither comes. While the
 * screen still changes, the part may be drawn anew: then it is looked for again.
 */
export function reveal(within: HTMLElement, key: string, text: string): () => void {
  let part: Element | undefined;
  const watch = new MutationObserver(look);
  const timer = setTimeout(stop, PATIENCE);
  function stop(): void {
    watch.disconnect();
    clearTimeout(timer);
  }
  function look(): void {
    if (part?.isConnected) return;
    part = within.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? paragraph(within, text);
    if (!part) return;
    part.scrollIntoView({ block: 'center' });
    mark(part);
  }
  watch.observe(within, { childList: true, subtree: true });
  look();
  return stop;
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

import type { EditorView } from '@codemirror/view';
import type { Page } from './page';

/** Lets a source and its page scroll together: the one that the person moves leads. What it returns ends that. */
export function together(view: EditorView, pane: HTMLElement, page: Page): () => void {
  const source = view.scrollDOM;
  let leads: HTMLElement = source;
  let frame = 0;
  const stop = new AbortController();
  const { signal } = stop;

  function follow(): void {
    frame = 0;
    if (leads === source) {
      const top = Math.max(0, source.scrollTop - view.documentPadding.top);
      const block = view.lineBlockAtHeight(top);
      const line = view.state.doc.lineAt(block.from).number - 1;
      pane.scrollTop = top === 0 ? 0 : page.top(line + (top - block.top) / Math.max(1, block.height));
      return;
    }
    const at = pane.scrollTop === 0 ? 0 : page.line(pane.scrollTop);
    const line = view.state.doc.line(Math.min(view.state.doc.lines, Math.floor(at) + 1));
    const block = view.lineBlockAt(line.from);
    source.scrollTop = at === 0 ? 0 : block.top + (at % 1) * block.height + view.documentPadding.top;
  }

  for (const one of [source, pane]) {
    for (const event of ['pointerenter', 'pointerdown', 'wheel', 'touchstart', 'focusin', 'keydown']) {
      one.addEventListener(event, () => (leads = one), { signal, passive: true });
    }
    const scrolled = (): void => {
      if (one === leads && frame === 0) frame = requestAnimationFrame(follow);
    };
    one.addEventListener('scroll', scrolled, { signal, passive: true });
  }
  return () => {
    stop.abort();
    cancelAnimationFrame(frame);
  };
}

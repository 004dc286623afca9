import { colours, coloursNow, MOST, spelled } from '../../../lib/code/colours';
import { grammar, grammarNow, isColoured } from '../../../lib/code/grammars';
import '../../../lib/code/colours.css';
import { showing, showNow } from '../../../lib/tex/load';

/** So much code is given colours before it is on the screen, UTF-16 units: it does not flicker as one types. */
const AT_ONCE = 10_000;

/** Gives the code in a block of the page the colours of its language, and shows its formulas: at once, or as soon as that can be. */
export function dress(block: HTMLElement): void {
  for (const formula of block.querySelectorAll<HTMLElement>('.math')) showFormula(formula);
  for (const code of block.querySelectorAll<HTMLElement>('pre > code[class^="language-"]')) {
    const called = code.className.slice('language-'.length);
    if (isColoured(called) && code.textContent.length <= MOST) colour(code, called);
  }
}

function colour(code: HTMLElement, called: string): void {
  const text = code.textContent;
  const parser = grammarNow(called);
  const now = parser && text.length <= AT_ONCE ? coloursNow(parser, text) : null;
  if (now) return code.replaceChildren(spelled(text, now));
  void grammar(called).then((known) => {
    if (known)
      later(async () => {
        const all = code.isConnected && (await colours(known, text, () => code.isConnected));
        if (all && code.isConnected) code.replaceChildren(spelled(text, all));
      });
  });
}

/** Shows a formula; what is none stays as its TeX, and says why. */
function showFormula(element: HTMLElement): void {
  const put = (show: NonNullable<ReturnType<typeof showNow>>): void => {
    const tex = element.textContent;
    const problem = show(tex, element, element.dataset['display'] !== undefined);
    if (problem === null) return;
    element.textContent = tex;
    element.classList.add('wrong');
    element.title = problem;
  };
  const now = showNow();
  if (now) return put(now);
  void showing().then((show) => {
    if (show) later(() => element.isConnected && put(show));
  });
}

/** So long may what waits take at a time, ms. */
const SLICE = 8;
let waiting = Promise.resolve();
let until = 0;

/** Does something when it is its turn, and lets the browser show a picture now and then: a page may have thousands. */
function later(work: () => unknown): void {
  waiting = waiting.then(async () => {
    if (performance.now() > until) {
      await new Promise(requestAnimationFrame);
      until = performance.now() + SLICE;
    }
    await work();
  });
}

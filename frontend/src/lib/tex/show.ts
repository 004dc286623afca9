import katex, { type KatexOptions } from 'katex';
import 'katex/dist/katex.css';

/**
 * Shows TeX in an element, as a picture for the eye and as MathML for who does not see it. Returns why that
 * cannot be, or null. Nothing in it can lead elsewhere, load anything or take long: what would is an error.
 */
export function show(tex: string, element: HTMLElement, display: boolean): string | null {
  try {
    // Elements are made one by one: styles in a text would not be allowed by the page's policy.
    katex.render(tex, element, { ...OPTIONS, macros: {}, displayMode: display });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : String(error);
  }
}

const OPTIONS: KatexOptions = {
  output: 'htmlAndMathml',
  throwOnError: true,
  trust: false,
  strict: 'ignore',
  maxExpand: 1000,
  maxSize: 10,
};

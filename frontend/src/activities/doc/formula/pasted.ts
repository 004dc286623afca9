import { Delta } from 'quill/core';
import { isFormula, tidyTex } from './tex';

/** What holds a formula in what is pasted: of documents, of Pandoc, and of pages that show MathML or use KaTeX. */
export const HOLDERS = 'code.math, span.math, span.katex, math';

/** The formula that was pasted; what makes no sense stays as it was read. */
export function pastedFormula(node: Node, read: Delta): Delta {
  const element = node as HTMLElement;
  if (element.parentElement?.closest(HOLDERS)) return read;
  const said = element.querySelector('annotation[encoding="application/x-tex"]') ?? element;
  const text = said.textContent.trim();
  const [, inner] = /^(?:\\\(([^]*)\\\)|\\\[([^]*)\\\])$/.exec(text) ?? [];
  const tex = tidyTex(inner ?? text.replace(/^\\\[|\\\]$/g, ''));
  if (element.matches('math') && said === element) return read; // it says no TeX
  return isFormula(tex) ? new Delta().insert({ formula: tex }) : read;
}

import Embed from 'quill/blots/embed';
import { isFormula } from './tex';

/** A formula in the editor: its TeX, until Formulas.svelte shows it. */
export class FormulaBlot extends Embed {
  static override blotName = 'formula';
  static override tagName = 'SPAN';
  static override className = 'ql-formula';

  static override create(tex: unknown): HTMLElement {
    const node = super.create(tex) as HTMLElement;
    if (typeof tex === 'string' && isFormula(tex)) {
      node.dataset['formula'] = tex;
      node.textContent = tex;
    }
    return node;
  }

  static override value(node: Element): string {
    return (node as HTMLElement).dataset['formula'] ?? '';
  }

  /** What is copied. */
  html(): string {
    const code = document.createElement('code');
    code.className = 'math';
    code.textContent = FormulaBlot.value(this.domNode as HTMLElement);
    return code.outerHTML;
  }
}

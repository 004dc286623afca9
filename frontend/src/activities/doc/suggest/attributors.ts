import { Parchment } from 'quill/core';
import { SUGGEST, SUGGEST_LINE } from '../format';
import { colourOf, roleOf } from './marks';

const { Attributor, Scope } = Parchment;

/** Shows what is suggested: the names and colours that `look` gives, on text or on a whole line. */
class Suggested extends Attributor {
  override add(node: HTMLElement, value: unknown): boolean {
    node.dataset['colour'] = colourOf(String(value));
    if (this.attrName === SUGGEST) node.role = roleOf(String(value));
    return super.add(node, value);
  }

  override remove(node: HTMLElement): void {
    delete node.dataset['colour'];
    node.removeAttribute('role');
    super.remove(node);
  }
}

export const onText = new Suggested(SUGGEST, 'data-suggest', { scope: Scope.INLINE });
export const onLine = new Suggested(SUGGEST_LINE, 'data-suggest-line', { scope: Scope.BLOCK });

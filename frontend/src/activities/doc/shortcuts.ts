import { Delta, type Range } from 'quill/core';
import type { Quill } from './quill';

interface Context {
  prefix: string;
}

/**
 * What a line becomes when something is typed at its beginning, as in Markdown. What was typed is there
 * first, and becoming something else is a step of its own: undo gives the signs back as they are.
 */
export function shortcuts(): Record<string, unknown> {
  return {
    headings: sign(' ', /^#{1,3}$/, ({ length }) => ({ header: length })),
    quote: sign(' ', /^>$/, () => ({ blockquote: true })),
    fence: sign('`', /^``$/, () => ({ 'code-block': true })),
  };
}

function sign(key: string, prefix: RegExp, formats: (typed: string) => Record<string, unknown>): object {
  return {
    key,
    shiftKey: null,
    collapsed: true,
    format: { cell: false, 'code-block': false, list: false, header: false, blockquote: false },
    prefix,
    handler(this: { quill: Quill }, range: Range, context: Context): boolean {
      const { quill } = this;
      if (quill.root.dataset['suggests'] !== undefined) return true; // of what is there no format changes
      const typed = context.prefix;
      const [line, offset] = quill.getLine(range.index);
      if (!line || offset > typed.length) return true;
      const history = quill.getModule('history') as { cutoff(): void };
      quill.insertText(range.index, key, 'user');
      history.cutoff();
      const change = new Delta()
        .retain(range.index - offset)
        .delete(typed.length + 1)
        .retain(line.length() - 2 - offset)
        .retain(1, formats(typed));
      quill.updateContents(change, 'user');
      history.cutoff();
      quill.setSelection(range.index - typed.length, 'silent');
      return false;
    },
  };
}

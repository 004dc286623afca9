import Quill, { Delta, Module, type Range } from 'quill/core';
import Blockquote from 'quill/formats/blockquote';
import Bold from 'quill/formats/bold';
import { Code } from 'quill/formats/code';
import Header from 'quill/formats/header';
import Indent from 'quill/formats/indent';
import Italic from 'quill/formats/italic';
import Link from 'quill/formats/link';
import List from 'quill/formats/list';
import Strike from 'quill/formats/strike';
import Underline from 'quill/formats/underline';
import Clipboard from 'quill/modules/clipboard';
import { Picture, PollBlock } from './blot';
import { CodeLine, CodeLines } from './code/blots';
import { FORMATS, SUGGEST, SUGGEST_LINE } from './format';
import { FormulaBlot } from './formula/blot';
import { HOLDERS, pastedFormula } from './formula/pasted';
import { formulaOf } from './formula/tex';
import { tidyLink } from './link';
import { masked, unmask } from './paste';
import { imageOf } from './picture';
import { pollOf } from './poll/told';
import { shortcuts } from './shortcuts';
import { onLine, onText } from './suggest/attributors';
import { FOR_TABLES } from './table/blots';
import { tableKeys, type TableKeys } from './table/keys';
import { CELL, CELL_START } from './table/cell';
import { forgetCells, pastedCell } from './table/pasted';

/** What a person can ask of an editor by keys that is not the editor's to do. */
export interface Keys extends TableKeys {
  undo(): void;
  redo(): void;
  /** The next change is a step of its own for undo. */
  pause(): void;
  link(): void;
  /** Comments on what is selected. */
  comment(): void;
  /** Images were pasted, or dropped at a place. */
  images(files: readonly File[], at: number): void;
}

/** Three levels are enough: a deeper heading that is pasted becomes text. */
class Heading extends Header {
  static override tagName = ['H1', 'H2', 'H3'];
}

/** A link that leads nowhere but to the web, to a mail address or into this server. */
class SafeLink extends Link {
  static override sanitize(url: string): string {
    return tidyLink(url) ?? this.SANITIZED_URL;
  }
}

/** What is pasted has the line ends of documents, and no links and images that they cannot have. */
class CleanClipboard extends Clipboard {
  override convert(pasted: { html?: string; text?: string }, formats?: Record<string, unknown>) {
    const text = pasted.text?.replace(/\r\n?/g, '\n');
    const converted = super.convert(text === undefined ? pasted : { ...pasted, text }, formats);
    return converted.reduce((out, { attributes = {}, ...op }) => {
      const embed = typeof op.insert === 'object' ? (op.insert as Record<string, string>) : undefined;
      if (embed && !imageOf(embed) && !pollOf(embed) && !formulaOf(embed)) return out;
      const { link, ...others } = attributes;
      const kept = typeof link === 'string' ? tidyLink(link) : null;
      return out.push({ ...op, attributes: kept === null ? others : { ...others, link: kept } });
    }, new Delta());
  }

  protected override convertHTML(html: string): Delta {
    return super.convertHTML(masked(html));
  }

  protected override normalizeHTML(pasted: Document): void {
    unmask(pasted);
    forgetCells(pasted);
    super.normalizeHTML(pasted);
  }
}

/** Stands where Quill has a history of its own, which would take back what others wrote. */
class NoHistory extends Module<{ keys?: Keys }> {
  constructor(quill: Quill, options: { keys?: Keys }) {
    super(quill, options);
    quill.root.addEventListener('beforeinput', (event) => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
      event.preventDefault();
      if (event.inputType === 'historyUndo') options.keys?.undo();
      else options.keys?.redo();
    });
  }

  cutoff(): void {
    this.options.keys?.pause();
  }

  clear(): void {}
}

Quill.register(
  {
    'modules/history': NoHistory,
    'modules/clipboard': CleanClipboard,
    'formats/blockquote': Blockquote,
    'formats/bold': Bold,
    'formats/code': Code,
    'formats/code-block': CodeLine,
    'formats/code-block-container': CodeLines,
    'formats/formula': FormulaBlot,
    'formats/header': Heading,
    'formats/image': Picture,
    'formats/indent': Indent,
    'formats/italic': Italic,
    'formats/link': SafeLink,
    'formats/poll': PollBlock,
    'formats/list': List,
    'formats/strike': Strike,
    'formats/underline': Underline,
    ...FOR_TABLES,
    [`formats/${SUGGEST}`]: onText,
    [`formats/${SUGGEST_LINE}`]: onLine,
  },
  true,
);

/** Makes a bare Quill that knows the formats of documents and nothing else. */
export function makeQuill(host: HTMLElement, keys: Keys): Quill {
  const quill = new Quill(host, {
    formats: [...FORMATS],
    modules: {
      history: { keys },
      keyboard: { bindings: bindings(keys) },
      clipboard: {
        matchers: [
          ['td', pastedCell],
          ['th', pastedCell],
          [HOLDERS, pastedFormula],
        ],
      },
      uploader: {
        mimetypes: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
        handler: (range: Range, files: File[]) => keys.images(files, range.index),
      },
    },
  });
  // What one presses is selected: what can be done with an image stands beside it.
  quill.root.addEventListener('click', ({ target }) => {
    const thing = target instanceof Element ? target.closest('img, .ql-formula') : null;
    const blot = thing && Quill.find(thing);
    if (blot instanceof Picture || blot instanceof FormulaBlot)
      quill.setSelection(quill.getIndex(blot), 1, Quill.sources.USER);
  });
  return quill;
}

/** Tab moves the focus, except where a line can be moved to the right. */
function bindings(keys: Keys): Record<string, unknown> {
  const act = (call: () => void) => () => {
    call();
    return false;
  };
  const shift = (by: '+1' | '-1') =>
    function (this: { quill: Quill }, _range: Range, context: { collapsed: boolean; offset: number }) {
      if (context.collapsed && context.offset !== 0 && by === '+1') return true;
      this.quill.format('indent', by, Quill.sources.USER);
      return false;
    };
  return {
    tab: null,
    'remove tab': null,
    ...shortcuts(),
    ...tableKeys(keys),
    indent: { key: 'Tab', format: ['list'], handler: shift('+1') },
    outdent: { key: 'Tab', shiftKey: true, format: ['list'], handler: shift('-1') },
    undo: { key: 'z', shortKey: true, handler: act(keys.undo) },
    redo: { key: ['z', 'Z'], shortKey: true, shiftKey: true, handler: act(keys.redo) },
    redoAsWell: { key: 'y', shortKey: true, handler: act(keys.redo) },
    comment: { key: ['m', 'M'], ctrlKey: true, altKey: true, handler: act(keys.comment) },
    link: { key: 'k', shortKey: true, handler: act(keys.link) },
    leave: {
      key: 'Escape',
      handler(this: { quill: Quill }) {
        this.quill.root.blur();
        return true;
      },
    },
  };
}

export { Quill };

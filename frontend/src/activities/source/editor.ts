import { defaultKeymap } from '@codemirror/commands';
import {
  Annotation,
  Compartment,
  EditorState,
  type Extension,
  type TransactionSpec,
} from '@codemirror/state';
import { drawSelection, dropCursor, EditorView, keymap, type ViewUpdate } from '@codemirror/view';
import { compose, transform, type Delta, type Selected } from '../../lib/delta';
import { others, putCarets, type Carets } from './carets';
import { fromChanges, toChanges, towards } from './changes';
import { code, languageNamed, markdown } from './language';
import { leave } from './writing';

export interface SourceOptions {
  /** What the text is called to those who do not see it. */
  label: string;
  /** The person changed the text. Throws if that cannot be. `selected`: what was selected before. */
  edit(change: Delta, selected: Selected): void;
  /** The text as it is by now, without the newline at its end. */
  text(): string;
  /** The person has selected something, or what is around it has changed. */
  selected(selected: Selected, byHand: boolean): void;
  undo(): void;
  redo(): void;
}

/** What the model did: it must not come back to it. */
const told = Annotation.define<boolean>();

/** CodeMirror as a view of the model: it has no history and no collaboration of its own. */
export class SourceEditor {
  readonly view: EditorView;
  readonly #o: SourceOptions;
  readonly #writable = new Compartment();
  readonly #spoken = new Compartment();
  /** The language of the source; '' is Markdown. */
  #language = '';
  #speech: Extension = markdown();
  /** What is not shown yet, since somebody composes a character. */
  #behind: Delta | null = null;

  constructor(host: HTMLElement, o: SourceOptions) {
    this.#o = o;
    this.view = new EditorView({
      parent: host,
      state: EditorState.create({ extensions: this.#extensions(false) }),
    });
  }

  /** Shows what the model has, whatever was shown before. */
  show(): void {
    this.#behind = null;
    const { doc, readOnly } = this.view.state;
    const text = this.#o.text();
    if (doc.length === 0) {
      // An empty page was on the screen whole, and CodeMirror would draw the whole of what comes in its place.
      this.view.setState(EditorState.create({ doc: text, extensions: this.#extensions(!readOnly) }));
      return;
    }
    const change = towards(doc.toString(), text);
    if (change) this.#put({ changes: change });
  }

  /** Shows what has happened in the model. While somebody composes a character, it waits. */
  shift(change: Delta): void {
    if (change.length === 0) return;
    if (this.view.compositionStarted || this.#behind) {
      this.#behind = this.#behind ? compose(this.#behind, change) : change;
    } else this.#put({ changes: toChanges(change) });
  }

  /** Where the others are, and what was found. */
  mark(carets: Carets): void {
    if (!this.#behind) this.#put({ effects: putCarets.of(carets) });
  }

  /** Changes the text as the person's own hand. */
  act(change: Delta, caret?: number): void {
    this.view.dispatch({
      changes: toChanges(change),
      ...(caret === undefined ? {} : { selection: { anchor: caret } }),
      scrollIntoView: true,
    });
  }

  select({ anchor, head }: Selected): void {
    const most = this.view.state.doc.length;
    this.view.dispatch({
      selection: { anchor: Math.min(anchor, most), head: Math.min(head, most) },
      effects: EditorView.scrollIntoView(Math.min(head, most), { y: 'nearest', yMargin: 40 }),
    });
  }

  /** Brings a place of the text into the middle of the screen, or only into sight. */
  see(index: number, y: 'center' | 'nearest' = 'center'): void {
    const at = Math.min(index, this.view.state.doc.length);
    this.view.dispatch({ effects: EditorView.scrollIntoView(at, { y, yMargin: 40 }) });
  }

  /** Lets the person write, or only read. */
  enable(writable: boolean): void {
    this.#put({ effects: this.#writable.reconfigure(this.#may(writable)) });
  }

  /** Writes in another language, for everybody. */
  speak(language: string): void {
    if (language === this.#language) return;
    this.#language = language;
    if (language === '') return this.#speaks(markdown());
    this.#speaks(code(language, null));
    void languageNamed(language).then((known) => {
      if (known && this.#language === language) this.#speaks(code(language, known));
    });
  }

  close(): void {
    this.view.destroy();
  }

  #extensions(writable: boolean): Extension[] {
    const { undo, redo, label } = this.#o;
    const act = (call: () => void) => () => (call(), true);
    const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
    return [
      ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
      this.#spoken.of(this.#speech),
      keymap.of([
        { key: 'Mod-y', run: act(redo), preventDefault: true },
        { key: 'Escape', run: leave },
        ...defaultKeymap.filter(({ key }) => key !== 'Escape' && key !== 'Mod-i'),
      ]),
      EditorView.domEventHandlers({
        // A keymap would take Shift with the small letter, as Caps Lock gives it, for undo.
        keydown: (event) => {
          const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
          if (key.toLowerCase() !== 'z' || !(ctrlKey || metaKey) || altKey) return false;
          event.preventDefault();
          if (shiftKey) redo();
          else undo();
          return true;
        },
        beforeinput: (event) => {
          const way = { historyUndo: undo, historyRedo: redo }[event.inputType];
          if (!way) return false;
          event.preventDefault();
          way();
          return true;
        },
        // CodeMirror takes the last of what was composed a moment later, from its own listener.
        compositionend: () => void setTimeout(() => this.#composed()),
        focus: () => this.#tell(true),
      }),
      drawSelection(),
      dropCursor(),
      others(),
      EditorView.contentAttributes.of({
        'aria-label': label,
        tabindex: '0',
      }),
      this.#writable.of(this.#may(writable)),
      EditorView.updateListener.of((update) => this.#updated(update)),
    ];
  }

  #speaks(speech: Extension): void {
    this.#speech = speech;
    this.#put({ effects: this.#spoken.reconfigure(speech) });
  }

  #may(writable: boolean): Extension {
    return [EditorState.readOnly.of(!writable), EditorView.editable.of(writable)];
  }

  #put(spec: TransactionSpec): void {
    this.view.dispatch({ ...spec, annotations: told.of(true) });
  }

  #updated(update: ViewUpdate): void {
    const own = !update.transactions.some((one) => one.annotation(told));
    if (update.docChanged && own) this.#edits(update);
    if (own && (update.docChanged || update.selectionSet)) this.#tell(!update.docChanged);
  }

  #edits({ changes, startState, state }: ViewUpdate): void {
    const { anchor, head } = startState.selection.main;
    try {
      const change = fromChanges(changes, startState.doc);
      const crossed = transform(change, this.#behind ?? []);
      this.#o.edit(crossed.late, { anchor, head });
      if (this.#behind) this.#behind = crossed.committed;
      else if (/[\0\r\ud800-\udfff]/.test(inserted(changes))) this.show();
    } catch (error) {
      console.warn('editor:', error);
      if (state === this.view.state) this.show();
    }
  }

  /** Shows what has waited for the end of a composition, unless another has begun. */
  #composed(): void {
    const behind = this.#behind;
    if (!behind || this.view.compositionStarted) return;
    this.#behind = null;
    this.#put({ changes: toChanges(behind) });
  }

  #tell(byHand: boolean): void {
    const { anchor, head } = this.view.state.selection.main;
    this.#o.selected({ anchor, head }, byHand);
  }
}

function inserted(changes: ViewUpdate['changes']): string {
  let all = '';
  changes.iterChanges((_a, _b, _c, _d, text) => (all += text.toString()));
  return all;
}

import { candidates, mentionsIn, typedName, type Mention } from './mentions';

/** The field in which somebody is named, and what it offers. */
export interface Named {
  readonly field: () => HTMLTextAreaElement;
  readonly people: () => Mention[];
  /** Everyone here can be called as well. */
  readonly everyone?: () => boolean;
  /** The text of the field with a name in it. */
  readonly put: (text: string) => void;
}

/** Naming people in a text: what is typed behind an @ offers names, and arrows, Enter and Tab choose one. */
export class Naming {
  /** The names that are offered. */
  found = $state.raw<Mention[]>([]);
  /** Which of them Enter takes. */
  at = $state(0);
  /** Who was chosen in this text. */
  picked: Mention[] = [];

  readonly #in: Named;

  constructor(field: Named) {
    this.#in = field;
  }

  /** Whom a text calls. */
  mentions(text: string): Mention[] {
    return mentionsIn(text, this.picked, this.#in.people());
  }

  /** Looks what is typed of a name. */
  look(): void {
    const { value, selectionStart } = this.#in.field();
    const typed = typedName(value, selectionStart);
    this.at = 0;
    this.found = typed === null ? [] : candidates(typed, this.#in.people(), this.#in.everyone?.() ?? false);
    if (this.found.length === 1 && this.found[0]?.name === typed) this.found = []; // nothing is left to choose
  }

  /** Offers nothing more. */
  end(): void {
    this.found = [];
  }

  /** Takes a key that is for the names; tells whether it was. */
  key(event: KeyboardEvent): boolean {
    const one = this.found[this.at];
    if (!one) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.found.length) % this.found.length;
    else if (event.key === 'Enter' || event.key === 'Tab') this.choose(one);
    else if (event.key === 'Escape') this.end();
    else return false;
    event.preventDefault();
    return true;
  }

  /** Puts a name in the place of what is typed of it. */
  choose(one: Mention): void {
    const field = this.#in.field();
    const { value, selectionStart: caret } = field;
    const start = caret - (typedName(value, caret) ?? '').length;
    this.#in.put(`${value.slice(0, start)}${one.name} ${value.slice(caret).replace(/^ /, '')}`);
    if (one.id !== '') this.picked = [...this.picked, one];
    this.end();
    const place = start + one.name.length + 1;
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(place, place);
    });
  }
}

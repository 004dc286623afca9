import { toasts } from '../../../ui/toasts.svelte';
import type { Paper } from '../paper';
import { nearest, replacing, search, type Match } from './find';
import { plain } from './text';
import { words } from './words';

/** Finds something in a document, also while others write in it. */
export class Finder {
  open = $state(false);
  query = $state('');
  by = $state('');
  matchCase = $state(false);
  wholeWord = $state(false);
  /** Counts how often the person asked for the bar, which then takes the focus. */
  asked = $state(0);
  /** Where the person looks; the match there or after it is the present one. */
  #at = $state(0);

  readonly #sheet: Paper;
  readonly matches: readonly Match[] = $derived.by(() => {
    void this.#sheet.layout; // whenever something may have changed
    const text = this.open ? this.#sheet.text : null;
    return text ? search(plain(text), this) : [];
  });
  /** Which of the matches is the present one. */
  readonly now = $derived(nearest(this.matches, this.#at));

  constructor(sheet: Paper) {
    this.#sheet = sheet;
  }

  /** Opens the bar, for what is selected if that is a few words. */
  ask(): void {
    const { range, text } = this.#sheet;
    const selected = range && text ? plain(text).slice(range.index, range.index + range.length) : '';
    if (selected !== '' && selected.length <= 100 && !selected.includes('\n')) this.query = selected;
    if (range) this.#at = range.index;
    this.open = true;
    this.asked++;
  }

  /** Goes back to the text, to what was found. */
  close(): void {
    const match = this.matches[this.now];
    this.open = false;
    if (match) this.#sheet.go(match.from, match.to - match.from);
    else this.#sheet.focus();
  }

  /** Goes on to another match, round and round. */
  step(by: 1 | -1): void {
    const n = this.matches.length;
    const match = this.matches[(this.now + by + n) % n];
    if (match) this.#look(match.from);
  }

  /** Brings the present match onto the screen. */
  show(): void {
    const match = this.matches[this.now];
    if (match) this.#sheet.see(match.from);
  }

  replace(): void {
    const match = this.matches[this.now];
    if (!match || !this.#sheet.text) return;
    this.#sheet.act(replacing(this.#sheet.text, [match], this.by));
    this.#look(match.from + this.by.length);
  }

  replaceAll(): void {
    const found = this.matches;
    if (found.length === 0 || !this.#sheet.text) return;
    this.#sheet.act(replacing(this.#sheet.text, found, this.by));
    toasts.tell(words().find.replaced(found.length), () => this.#sheet.undo());
  }

  #look(at: number): void {
    this.#at = at;
    this.show();
  }
}

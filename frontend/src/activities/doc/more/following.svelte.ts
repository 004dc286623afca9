import { untrack } from 'svelte';
import type { Paper } from '../paper';

/** Whose writing one looks at: the view goes where they go, until oneself moves it. */
export class Following {
  readonly #sheet: Pick<Paper, 'carets' | 'see'>;
  #member = $state('');

  constructor(sheet: Pick<Paper, 'carets' | 'see'>) {
    this.#sheet = sheet;
  }

  /** Where that person is now, in the tab in which they were last; null if they are nowhere in the text. */
  readonly #caret = $derived.by(() => this.#sheet.carets.findLast(({ by }) => by === this.#member) ?? null);

  /** Their name, '' if nobody is followed. */
  readonly name = $derived(this.#caret?.name ?? '');

  start(member: string): void {
    this.#member = member;
    const at = untrack(() => this.#caret);
    if (at) this.#sheet.see(at.head);
  }

  stop(): void {
    this.#member = '';
  }

  /** Keeps the person in sight. For an effect: it hears where they go. */
  keep(): void {
    const at = this.#caret?.head;
    if (at !== undefined) untrack(() => this.#sheet.see(at, 'nearest'));
  }
}

import { horizontal, roving } from './roving';

/** The items of a tool bar are one stop of the Tab key: where one was last. Arrows go on from there. */
export class Stops {
  readonly #bar: () => HTMLElement;

  constructor(bar: () => HTMLElement) {
    this.#bar = bar;
  }

  /** The first is the stop. To be called when there are other items. */
  begin(): void {
    this.#all().forEach((item, i) => (item.tabIndex = i === 0 ? 0 : -1));
  }

  /** For keys in the bar. */
  key(event: KeyboardEvent): void {
    const all = this.#all();
    const at = all.indexOf(event.target as HTMLElement);
    if (at < 0) return; // in a menu that one of them has opened
    const next = roving(all, at, event.key, horizontal(this.#bar()));
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** For focus that comes into the bar. */
  stop(event: FocusEvent): void {
    const all = this.#all();
    if (!all.includes(event.target as HTMLElement)) return;
    for (const item of all) item.tabIndex = item === event.target ? 0 : -1;
  }

  #all(): HTMLElement[] {
    return [...this.#bar().querySelectorAll<HTMLElement>(':is(button, select):not([popover] *)')];
  }
}

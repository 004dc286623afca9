import { untrack } from 'svelte';
import { told } from '../lib/i18n';
import type { Refusal } from '../lib/net/protocol';

/** A sentence that passes: what was done, and perhaps how to take it back. */
export interface Toast {
  id: number;
  text: string;
  /** Told at once by screen readers, and stays until it is closed. */
  error: boolean;
  undo?: (() => void) | undefined;
  /** So long it stays, ms, if not as long as others. */
  lasts?: number | undefined;
  /** It has gone and nothing was taken back: what it spoke of may now be done. */
  closed?: (() => void) | undefined;
}

const most = 3;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #last = 0;

  /** Says something in passing. With undo, the sentence offers to take it back. */
  tell(text: string, undo?: () => void, more: Pick<Toast, 'lasts' | 'closed'> = {}): void {
    this.#add({ id: ++this.#last, text, error: false, undo, ...more });
  }

  /** Says what went wrong. */
  warn(text: string): void {
    this.#add({ id: ++this.#last, text, error: true });
  }

  /** Says why something was refused, once: not again in another language, nor when it was closed. */
  refused(refusal: Refusal): void {
    untrack(() => this.warn(told(refusal)));
  }

  close(id: number): void {
    const toast = this.#take(id);
    toast?.closed?.();
  }

  /** Takes back what a sentence spoke of. */
  undo(id: number): void {
    const toast = this.#take(id);
    toast?.undo?.();
  }

  #take(id: number): Toast | undefined {
    const toast = this.list.find((each) => each.id === id);
    this.list = this.list.filter((each) => each !== toast);
    return toast;
  }

  #add(toast: Toast): void {
    const others = this.list.filter((t) => t.text !== toast.text || t.undo);
    const all = [...others, toast];
    this.list = all.slice(-most);
    for (const dropped of all.slice(0, -most)) dropped.closed?.();
  }
}

export const toasts = new Toasts();

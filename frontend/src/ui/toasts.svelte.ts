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
  /** It has gone and nothing was taken back: what it spoke of may now be done. */
  closed?: (() => void) | undefined;
}

const most = 3;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #last = 0;

  /** Says something in passing. With undo, the sentence offers to take it back. */
  tell(text: string, undo?: () => void, closed?: () => void): void {
    this.#add({ id: ++this.#last, text, error: false, undo, closed });
  }

  /** Says what went wrong. */
  warn(text: string): void {
    this.#add({ id: ++this.#last, text, error: true });
  }

  /** Says why something was refused, once: not again in another language, nor when it was closed. */
  refused(refusal: Refusal): void {
    untrack(() => this.warn(told(refusal)));
  }

  /** Closes one; with `undone`, what it spoke of is taken back. */
  close(id: number, undone = false): void {
    const toast = this.list.find((each) => each.id === id);
    this.list = this.list.filter((each) => each !== toast);
    (undone ? toast?.undo : toast?.closed)?.();
  }

  #add(toast: Toast): void {
    const others = this.list.filter((t) => t.text !== toast.text || t.undo);
    this.list = [...others, toast];
    for (const { id } of others.slice(0, 1 - most)) this.close(id);
  }
}

export const toasts = new Toasts();

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
}

const most = 3;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #last = 0;

  /** Says something in passing. With undo, the sentence offers to take it back. */
  tell(text: string, undo?: () => void): void {
    this.#add({ id: ++this.#last, text, error: false, undo });
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
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  #add(toast: Toast): void {
    const others = this.list.filter((t) => t.text !== toast.text || t.undo);
    this.list = [...others, toast].slice(-most);
  }
}

export const toasts = new Toasts();

import { mount, unmount } from 'svelte';
import Reading from './Reading.svelte';

/** Before that nobody needs to be told that something takes its time. */
const SOON = 400;

/** A Word file that is being read: after a moment, with a way to stop it. */
export class Bringing {
  readonly name: string;
  /** How far it is, in words. */
  step = $state('');
  readonly #stop = new AbortController();
  readonly #later: ReturnType<typeof setTimeout>;
  #shown: Record<string, unknown> | null = null;

  constructor(name: string) {
    this.name = name;
    this.#later = setTimeout(() => {
      this.#shown = mount(Reading, { target: document.body, props: { bringing: this } });
    }, SOON);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort();
  }

  end(): void {
    clearTimeout(this.#later);
    if (this.#shown) void unmount(this.#shown);
    this.#shown = null;
  }
}

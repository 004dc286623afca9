import { ApiError } from '../net/api';
import type { Refusal } from '../net/protocol';
import { bring, type StoredFile } from './files';

/** One file on its way into a room: how far it is, what became of it, and how to try again. */
export class Bringing {
  readonly name: string;
  readonly size: number;
  /** A picture of it to show meanwhile. */
  readonly preview: string | null;
  part = $state(0);
  stored = $state.raw<StoredFile | null>(null);
  failed = $state.raw<Refusal | null>(null);

  readonly #code: string;
  readonly #file: File;
  #stop = new AbortController();

  /** It begins at once, unless it is told not to. */
  constructor(code: string, file: File, begin = true) {
    this.#code = code;
    this.#file = file;
    this.name = file.name || 'image.png'; // what is pasted has no name everywhere
    this.size = file.size;
    this.preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    if (begin) void this.start();
  }

  /** Brings it, or tries again; null if that did not succeed. */
  async start(): Promise<StoredFile | null> {
    const stop = (this.#stop = new AbortController());
    this.part = 0;
    this.failed = null;
    try {
      const told = (part: number): void => void (this.part = part);
      this.stored = await bring(this.#code, this.#file, this.name, told, stop.signal);
      return this.stored;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!stop.signal.aborted) this.failed = error;
      return null;
    }
  }

  /** Gives it up, or lets go of what was needed to show it. */
  end(): void {
    this.#stop.abort();
    if (this.preview) URL.revokeObjectURL(this.preview);
  }
}

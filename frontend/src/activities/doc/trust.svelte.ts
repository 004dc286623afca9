import { hash } from '../../lib/delta';
import type { Paper } from './paper';

/** What a comparison with the server has found. */
export type Found = { is: 'same'; rev: number; sum: string } | { is: 'other' } | { is: 'failed' };

/** Whether this device has what the server has stored. */
export class Trust {
  found = $state.raw<Found | null>(null);
  busy = $state(false);

  readonly #paper: Pick<Paper, 'document' | 'layout'>;
  readonly #sum: (rev: number) => Promise<string>;

  /** `sum`: the hash of what the server has stored as a revision. */
  constructor(paper: Pick<Paper, 'document' | 'layout'>, sum: (rev: number) => Promise<string>) {
    this.#paper = paper;
    this.#sum = sum;
  }

  /** How many changes the server has told to be stored. */
  readonly stored = $derived.by(() => {
    void this.#paper.layout;
    return this.#paper.document.rev;
  });

  /** How many the person has made that it does not have yet. */
  readonly waits = $derived.by(() => {
    void this.#paper.layout;
    return this.#paper.document.keeping.waits;
  });

  /** Compares the newest revision that is known here. If it is another one there, it is fetched anew. */
  async compare(): Promise<void> {
    const { document } = this.#paper;
    const { base, rev } = document;
    if (base === null || this.busy) return;
    this.busy = true;
    try {
      const sum = await this.#sum(rev);
      const same = sum === hash(base);
      this.found = same ? { is: 'same', rev, sum } : { is: 'other' };
      if (!same) document.doubt();
    } catch {
      this.found = { is: 'failed' };
    } finally {
      this.busy = false;
    }
  }
}

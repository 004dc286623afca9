type Words = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Small marks that must be written at once, which IndexedDB cannot: which queue this tab held, for its
 * next page after a reload (sessionStorage), and which queues are spoiled, for all tabs (localStorage).
 * Where the browser has neither, marks are lost, and nothing worse.
 */
export class Marks {
  readonly #tab: Words | null;
  readonly #device: Words | null;

  constructor(tab: Words | null, device: Words | null) {
    this.#tab = tab;
    this.#device = device;
  }

  /**
   * What this tab held before. `left` is the former page, only if it said goodbye: a duplicated tab
   * has a copy of its origin's marks, while the origin lives on. Forgets the goodbye.
   */
  before(room: string): { peer: string; left: string | null } | null {
    const mark = parse(read(this.#tab, tabKey(room)));
    if (mark === null || typeof mark.peer !== 'string' || typeof mark.page !== 'string') return null;
    write(this.#tab, tabKey(room), { peer: mark.peer, page: mark.page });
    return { peer: mark.peer, left: mark.left === true ? mark.page : null };
  }

  /** This page holds the queue now. */
  hold(room: string, peer: string, page: string): void {
    write(this.#tab, tabKey(room), { peer, page });
  }

  /** This page goes away: its next one may have the queue at once. */
  leave(room: string, peer: string, page: string): void {
    write(this.#tab, tabKey(room), { peer, page, left: true });
  }

  /** Queues whose numbers ran ahead of what could be stored. */
  spoiled(): Set<string> {
    const list = parse(read(this.#device, SPOILED)) as unknown;
    return new Set(Array.isArray(list) ? list.filter((peer) => typeof peer === 'string') : []);
  }

  spoil(peer: string): void {
    write(this.#device, SPOILED, [...this.spoiled().add(peer)].slice(-50));
  }

  heal(peer: string): void {
    const all = this.spoiled();
    if (all.delete(peer)) write(this.#device, SPOILED, [...all]);
  }
}

const SPOILED = 'plenum.spoiled';

function tabKey(room: string): string {
  return `plenum.queue.${room}`;
}

function read(words: Words | null, key: string): string | null {
  try {
    return words?.getItem(key) ?? null;
  } catch {
    return null; // forbidden by the person's settings: as if there were none
  }
}

function write(words: Words | null, key: string, mark: unknown): void {
  try {
    words?.setItem(key, JSON.stringify(mark));
  } catch {
    // Full or forbidden. A mark only saves time or guards against a second fault.
  }
}

function parse(text: string | null): Record<string, unknown> | null {
  try {
    return JSON.parse(text ?? 'null') as Record<string, unknown> | null;
  } catch {
    return null; // not ours
  }
}

import type { Clock } from './clock';
import { VOID } from './protocol';

/**
 * What must survive a reload, in one IndexedDB database: the queues of commands of each room, with
 * what is not settled yet. A queue is held by one page at a time, by a lease that the page renews;
 * every write checks the lease in its own transaction, so that two tabs never write into one queue.
 */

/** A queue's own row. */
export interface Head {
  room: string;
  peer: string;
  /** The member who uses it; null until a join has told. */
  member: string | null;
  /** The number the next command gets. */
  next: number;
  /** What the peer was told through; null before its first join. */
  through: { epoch: string; seq: number; mark: string } | null;
  /** The page that holds it, '' if let go, and when that was last said. */
  page: string;
  renewed: number;
  /** Never to be used again: its work was set aside. Kept, so that no number is ever given twice. */
  spent: boolean;
}

/** An unsettled command. `with` is its content as JSON text. */
export interface Command {
  n: number;
  in: string;
  do: string;
  with: string;
}

/** A ballot that is not counted yet. `ref` names this cast on the wire, `key` what it decides. */
export interface Ballot {
  key: string;
  ref: string;
  in: string;
  do: string;
  with: string;
}

/** The work in a queue. Records are free-form, one per activity, plain and never changed in place. */
export interface Work {
  commands: Command[];
  ballots: Ballot[];
  records: [activity: string, record: unknown][];
}

/** Work that must not be sent any more, kept for the person to look at. */
export interface Recovered extends Work {
  room: string;
  peer: string;
  member: string | null;
  /** When it was set aside, Unix milliseconds of this device. */
  at: number;
}

export interface Change {
  head: Head;
  put: Work;
  drop: { commands: number[]; ballots: string[]; records: string[] };
  /** The change is everything there is: it may make a queue that is not stored. */
  whole: boolean;
}

export interface Claim {
  room: string;
  /** Who this person is in the room, if known: queues of others are left alone. */
  member: string | null;
  /** The page that claims. */
  page: string;
  /** What this tab held before it was reloaded; `left` is its former page, if that said goodbye. */
  before: { peer: string; left: string | null } | null;
  /** Queues whose storage failed half-way: their numbers cannot be trusted, so their work is set aside. */
  spoiled: ReadonlySet<string>;
  /** Only a queue with work in it is wanted. */
  onlyWork: boolean;
}

/** A lease not renewed for so long is over, ms. */
export const LEASE = 6_000;
/** A queue without work is not worth a quarrel: a page in the background may renew only once a minute. */
export const IDLE = 90_000;
/** Longer than this, and the storage counts as lost, ms. */
const PATIENCE = 4_000;

const STORES = ['queues', 'commands', 'ballots', 'records', 'recovered'];

/** The database. Every method rejects if the storage fails; the next call tries afresh. */
export class Store {
  readonly #factory: IDBFactory;
  readonly #clock: Clock;
  #database: Promise<IDBDatabase> | null = null;

  constructor(factory: IDBFactory, clock: Clock) {
    this.#factory = factory;
    this.#clock = clock;
  }

  /** Takes a free queue with all that is in it, or null: make a new one. */
  claim(c: Claim): Promise<(Work & { head: Head }) | null> {
    return this.#run('strict', async (tx) => {
      const heads = await got<Head[]>(tx.objectStore('queues').getAll(under(c.room)));
      const usable: Head[] = [];
      for (const head of heads) {
        if (head.spent || (c.member !== null && head.member !== null && head.member !== c.member)) continue;
        if (c.spoiled.has(head.peer) && this.#free(head, c, LEASE)) await this.#putAside(tx, head);
        else usable.push(head);
      }
      const head = await this.#choose(tx, usable, c);
      if (head === null) return null;
      head.page = c.page;
      head.renewed = this.#clock.now();
      tx.objectStore('queues').put(head);
      return { head, ...(await workOf(tx, head)) };
    });
  }

  /**
   * Writes a change in one transaction. "taken" if another page holds the queue, "missing" if there is
   * no such queue and the change is not whole; nothing is written then.
   */
  write(change: Change): Promise<'written' | 'taken' | 'missing'> {
    const { head, put, drop } = change;
    // A number once sent must never be given again, not even after a power cut.
    return this.#run(put.commands.length > 0 ? 'strict' : 'relaxed', async (tx) => {
      const kept = await got<Head | undefined>(tx.objectStore('queues').get([head.room, head.peer]));
      if (kept && (kept.page !== head.page || kept.spent)) return 'taken';
      if (!kept && !change.whole) return 'missing';
      const at = { room: head.room, peer: head.peer };
      const key = (last: number | string) => [head.room, head.peer, last];
      tx.objectStore('queues').put({ ...head, renewed: this.#clock.now() });
      for (const n of drop.commands) tx.objectStore('commands').delete(key(n));
      for (const ballot of drop.ballots) tx.objectStore('ballots').delete(key(ballot));
      for (const activity of drop.records) tx.objectStore('records').delete(key(activity));
      for (const command of put.commands) tx.objectStore('commands').put({ ...at, ...command });
      for (const ballot of put.ballots) tx.objectStore('ballots').put({ ...at, ...ballot });
      for (const [activity, record] of put.records)
        tx.objectStore('records').put({ ...at, activity, record });
      return 'written';
    });
  }

  /** Lets a queue go, so that another page may have it at once. */
  release(room: string, peer: string, page: string): Promise<void> {
    return this.#run('relaxed', async (tx) => {
      const head = await got<Head | undefined>(tx.objectStore('queues').get([room, peer]));
      if (head?.page === page) tx.objectStore('queues').put({ ...head, page: '', renewed: 0 });
    });
  }

  /** Ends a queue of this page for good and keeps its work as recovered. */
  setAside(room: string, peer: string, page: string): Promise<void> {
    return this.#run('strict', async (tx) => {
      const head = await got<Head | undefined>(tx.objectStore('queues').get([room, peer]));
      if (head?.page === page && !head.spent) await this.#putAside(tx, head);
    });
  }

  /** What was set aside in a room and not dismissed, of one member (null: of anybody), oldest first. */
  async recovered(room: string, member: string | null): Promise<Recovered[]> {
    const all = await this.#run('relaxed', (tx) =>
      got<Recovered[]>(tx.objectStore('recovered').getAll(under(room))),
    );
    const own = all.filter((r) => member === null || r.member === null || r.member === member);
    return own.sort((a, b) => a.at - b.at);
  }

  /** Forgets what was set aside. */
  dismiss(room: string, peer: string): Promise<void> {
    return this.#run('relaxed', async (tx) => void tx.objectStore('recovered').delete([room, peer]));
  }

  async #choose(tx: IDBTransaction, heads: Head[], c: Claim): Promise<Head | null> {
    const before = heads.find((h) => h.peer === c.before?.peer);
    if (before && !c.onlyWork && this.#free(before, c, LEASE)) return before;
    const oldestFirst = heads.filter((h) => this.#free(h, c, LEASE)).sort((a, b) => a.renewed - b.renewed);
    for (const head of oldestFirst) if (await hasWork(tx, head)) return head;
    return c.onlyWork ? null : (oldestFirst.find((h) => this.#free(h, c, IDLE)) ?? null);
  }

  /** A lease from the future is as good as none: the device's clock was set back. */
  #free(head: Head, c: Claim, after: number): boolean {
    if (head.page === '' || (head.peer === c.before?.peer && head.page === c.before.left)) return true;
    return head.page !== c.page && Math.abs(this.#clock.now() - head.renewed) > after;
  }

  async #putAside(tx: IDBTransaction, head: Head): Promise<void> {
    const { room, peer, member } = head;
    const work = recoverable(await workOf(tx, head));
    for (const name of ['commands', 'ballots', 'records']) tx.objectStore(name).delete(under(room, peer));
    tx.objectStore('queues').put({ ...head, spent: true });
    if (work.commands.length + work.ballots.length === 0) return;
    tx.objectStore('recovered').put({ room, peer, member, at: this.#clock.now(), ...work });
  }

  /** Runs one transaction; resolves when it is durable and rejects if it is not, for any reason. */
  #run<T>(durability: IDBTransactionDurability, body: (tx: IDBTransaction) => Promise<T>): Promise<T> {
    return this.#inTime(
      (async () => {
        const tx = (await this.#open()).transaction(STORES, 'readwrite', { durability });
        const ended = new Promise<void>((resolve, reject) => {
          tx.oncomplete = () => resolve();
          tx.onabort = () => reject(tx.error ?? new DOMException('aborted', 'AbortError'));
        });
        const answer = body(tx).catch((error: unknown) => {
          abort(tx);
          throw error;
        });
        const [result] = await Promise.all([answer, ended]);
        return result;
      })(),
    );
  }

  /** Some browsers never answer when their storage is broken. */
  #inTime<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.#clock.after(PATIENCE, () => reject(new DOMException('no answer', 'TimeoutError')));
      work.then(resolve, reject).finally(stop);
    });
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= this.#connect().catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  #connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = this.#factory.open('plenum', 1);
      request.onupgradeneeded = () => {
        for (const name of STORES) request.result.createObjectStore(name, { keyPath: keyOf(name) });
      };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        database.onclose = () => (this.#database = null);
        database.onversionchange = () => {
          database.close();
          this.#database = null;
        };
        resolve(database);
      };
    });
  }
}

/** The part of a queue's work that is worth showing: records only beside work that was not settled. */
export function recoverable(all: Work): Work {
  const commands = all.commands.filter((c) => c.do !== VOID);
  const busy = new Set([...commands, ...all.ballots].map((asked) => asked.in));
  return { commands, ballots: all.ballots, records: all.records.filter(([activity]) => busy.has(activity)) };
}

function keyOf(store: string): string[] {
  const last: Record<string, string[]> = { commands: ['n'], ballots: ['key'], records: ['activity'] };
  return ['room', 'peer', ...(last[store] ?? [])];
}

/** All keys that begin so: a list sorts after every number and text. */
function under(...start: string[]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []]);
}

function got<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
}

function abort(tx: IDBTransaction): void {
  try {
    tx.abort();
  } catch (error) {
    // Already over: the failure that brought us here is the one to tell.
    if (!(error instanceof DOMException)) throw error;
  }
}

async function workOf(tx: IDBTransaction, { room, peer }: Head): Promise<Work> {
  const range = under(room, peer);
  const commands = await got<Command[]>(tx.objectStore('commands').getAll(range));
  const ballots = await got<Ballot[]>(tx.objectStore('ballots').getAll(range));
  const records = await got<{ activity: string; record: unknown }[]>(tx.objectStore('records').getAll(range));
  return { commands, ballots, records: records.map(({ activity, record }) => [activity, record]) };
}

async function hasWork(tx: IDBTransaction, { room, peer }: Head): Promise<boolean> {
  const range = under(room, peer);
  const commands = await got<number>(tx.objectStore('commands').count(range));
  return commands > 0 || (await got<number>(tx.objectStore('ballots').count(range))) > 0;
}

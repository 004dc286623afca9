import { newId } from './clock';
import type { Marks } from './marks';
import { VOID, type Through } from './protocol';
import {
  recoverable,
  type Ballot,
  type Change,
  type Command,
  type Head,
  type Store,
  type Work,
} from './store';

/** What a queue needs of the store. */
export type QueueStore = Pick<Store, 'write' | 'release' | 'setAside'>;

export interface QueueOptions {
  room: string;
  /** This page, as the holder of the lease. */
  page: string;
  store: QueueStore;
  marks: Marks;
  /** Something was stored, or could not be: what waited for it may be sent. */
  kept(): void;
  /** Another page has the queue; nothing is stored any more. */
  taken(queue: Queue): void;
}

/** Among what is stored: which epoch the commands were sent into. */
const EPOCH = 'epoch';

/**
 * The memory of one peer: its unsettled commands and ballots and the records of its activities, as they
 * are and as they are stored. Changes made in one turn are stored in one transaction, soon after.
 * If that fails, `storage` says "lost", all goes on in memory, and every later change tries again.
 */
export class Queue {
  readonly commands = new Map<number, Command>();
  readonly ballots = new Map<string, Ballot>();
  storage: 'ok' | 'lost' = 'ok';

  readonly #o: QueueOptions;
  readonly #head: Head;
  readonly #records = new Map<string, [activity: string, record: unknown]>();
  #stored: boolean;
  #ended = false;
  /** What differs from the store: not yet tried, being written, tried in vain. */
  #dirty = new Set<string>();
  #writing = new Set<string>();
  #unsaved = new Set<string>();
  #running: Promise<void> | null = null;

  private constructor(o: QueueOptions, head: Head, work: Work, stored: boolean) {
    this.#o = o;
    this.#head = head;
    this.#stored = stored;
    for (const command of work.commands) this.commands.set(command.n, command);
    for (const ballot of work.ballots) this.ballots.set(ballot.key, ballot);
    for (const [activity, record] of work.records) this.#records.set(activity, [activity, record]);
  }

  /** A new queue, that nobody has used. */
  static fresh(o: QueueOptions, member: string | null): Queue {
    const head: Head = {
      room: o.room,
      peer: `p-${newId(12)}`,
      member,
      next: 1,
      through: null,
      page: o.page,
      renewed: 0,
      spent: false,
    };
    return new Queue(o, head, { commands: [], ballots: [], records: [] }, false);
  }

  /** A queue as the store had it. */
  static found(o: QueueOptions, kept: Work & { head: Head }): Queue {
    return new Queue(o, kept.head, kept, true);
  }

  get peer(): string {
    return this.#head.peer;
  }

  get member(): string | null {
    return this.#head.member;
  }

  get through(): Through | null {
    return this.#head.through;
  }

  /** The number that the next command gets. */
  get next(): number {
    return this.#head.next;
  }

  /** The lowest unsettled number, or the next one. */
  get lowest(): number {
    for (const n of this.commands.keys()) return n;
    return this.#head.next;
  }

  get idle(): boolean {
    return this.commands.size === 0 && this.ballots.size === 0;
  }

  /** No number was ever given and nothing is kept. */
  get untouched(): boolean {
    return this.idle && this.#head.next === 1;
  }

  /**
   * Remembers what was told; stored with the next change. A new epoch is stored before anything is sent
   * into it: what was sent into one must never be sent into another.
   */
  know(through: Through | null, member: string | null): void {
    const before = this.#head.through?.epoch;
    this.#head.through = through;
    this.#head.member = member;
    if (through?.epoch !== before) this.#touch(EPOCH);
  }

  add(activity: string, name: string, content: string): Command {
    const command = { n: this.#head.next++, in: activity, do: name, with: content };
    this.#put(command);
    return command;
  }

  /** Gives an unsettled number another content. */
  amend(n: number, content: string): void {
    const command = this.commands.get(n);
    if (command) this.#put({ ...command, with: content });
  }

  /** Leaves an unsettled number without a meaning: it only has to be used up. */
  empty(n: number): void {
    const command = this.commands.get(n);
    if (command && command.do !== VOID) this.#put({ ...command, do: VOID, with: 'null' });
  }

  /** Drops a settled command. Only the lowest may go: numbers have no gaps. */
  drop(n: number): void {
    this.commands.delete(n);
    this.#touch(`command ${n}`);
  }

  putBallot(ballot: Ballot): void {
    this.ballots.set(ballot.key, ballot);
    this.#touch(`ballot ${ballot.key}`);
  }

  dropBallot(key: string): void {
    this.ballots.delete(key);
    this.#touch(`ballot ${key}`);
  }

  record(activity: string): unknown {
    return this.#records.get(activity)?.[1];
  }

  /** Keeps an activity's own record, plain and never changed in place; undefined forgets it. */
  keep(activity: string, record: unknown): void {
    if (record === undefined) this.#records.delete(activity);
    else this.#records.set(activity, [activity, record]);
    this.#touch(`record ${activity}`);
  }

  /** Tells whether a command (n) or ballot (key) may be sent: it is stored, or cannot be. */
  ready(item: number | string): boolean {
    const name = typeof item === 'number' ? `command ${item}` : `ballot ${item}`;
    const waits = (what: string): boolean => this.#dirty.has(what) || this.#writing.has(what);
    return this.storage === 'lost' || !(waits(name) || waits(EPOCH));
  }

  /** Renews the lease and stores what waits. Resolves when that was tried. */
  async renew(): Promise<void> {
    this.#touch('');
    while (this.#running) await this.#running;
  }

  /** Ends the use of this queue and lets another page have it at once. Never rejects. */
  async release(): Promise<void> {
    await this.renew();
    if (this.#ended) return;
    this.#ended = true;
    // Where this fails the lease runs out by itself.
    await this.#o.store.release(this.#o.room, this.peer, this.#o.page).catch(() => undefined);
  }

  /** Ends this queue for good; returns its work, which the store keeps as recovered. */
  setAside(): { work: Work; stored: Promise<void> } {
    const work = recoverable(this.#work());
    const stored = this.renew().then(() => {
      this.#ended = true;
      return this.#o.store.setAside(this.#o.room, this.peer, this.#o.page);
    });
    return { work, stored };
  }

  /** Stores nothing more: another page has the queue. */
  abandon(): void {
    this.#ended = true;
  }

  #put(command: Command): void {
    this.commands.set(command.n, command);
    this.#touch(`command ${command.n}`);
  }

  #touch(what: string): void {
    if (this.#ended) return;
    this.#dirty.add(what);
    this.#running ??= Promise.resolve().then(() => this.#store());
  }

  async #store(): Promise<void> {
    try {
      while (this.#dirty.size > 0 && !this.#ended) await this.#storeOnce();
    } finally {
      this.#running = null;
    }
  }

  async #storeOnce(): Promise<void> {
    const batch = new Set([...this.#unsaved, ...this.#dirty]);
    this.#writing = batch;
    this.#dirty = new Set();
    const answer = await this.#write(batch);
    this.#writing = new Set();
    if (this.#ended) return;
    if (answer === 'taken') {
      this.#ended = true;
      this.#o.taken(this);
      return;
    }
    if (answer === 'missing') {
      // The person cleared this site's storage: what we hold in memory is the truth.
      this.#stored = false;
      this.#dirty = new Set([...batch, ...this.#dirty]);
      return;
    }
    this.#unsaved = answer === 'lost' ? batch : new Set();
    this.#stored ||= answer === 'written';
    this.#tell(answer === 'lost' ? 'lost' : 'ok');
    this.#o.kept();
  }

  async #write(batch: Set<string>): Promise<'written' | 'taken' | 'missing' | 'lost'> {
    try {
      return await this.#o.store.write(this.#stored ? this.#part(batch) : this.#whole());
    } catch {
      return 'lost'; // told by `storage`, and tried again with the next change
    }
  }

  /** Once a number was sent that is not stored, what is stored must not be numbered on from. */
  #tell(storage: 'ok' | 'lost'): void {
    if (storage === this.storage) return;
    this.storage = storage;
    if (storage === 'lost') this.#o.marks.spoil(this.peer);
    else this.#o.marks.heal(this.peer);
  }

  #work(): Work {
    return {
      commands: [...this.commands.values()],
      ballots: [...this.ballots.values()],
      records: [...this.#records.values()],
    };
  }

  #whole(): Change {
    const drop = { commands: [], ballots: [], records: [] };
    return { head: { ...this.#head }, put: this.#work(), drop, whole: true };
  }

  #part(batch: Set<string>): Change {
    const put: Work = { commands: [], ballots: [], records: [] };
    const drop: Change['drop'] = { commands: [], ballots: [], records: [] };
    for (const name of batch) {
      const key = name.slice(name.indexOf(' ') + 1);
      if (name.startsWith('command ')) sort(this.commands, Number(key), put.commands, drop.commands);
      if (name.startsWith('ballot ')) sort(this.ballots, key, put.ballots, drop.ballots);
      if (name.startsWith('record ')) sort(this.#records, key, put.records, drop.records);
    }
    return { head: { ...this.#head }, put, drop, whole: false };
  }
}

/** What is still there is put, what is gone is dropped. */
function sort<K, V>(all: ReadonlyMap<K, V>, key: K, put: V[], drop: K[]): void {
  const value = all.get(key);
  if (value === undefined) drop.push(key);
  else put.push(value);
}

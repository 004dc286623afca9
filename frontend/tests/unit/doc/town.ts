// Several people with one document, a server that keeps the rules of collab, and a network that loses things.
import {
  apply,
  canonical,
  composeAll,
  hash,
  isInsert,
  length,
  transform,
  type Delta,
} from '../../../src/lib/delta';
import { LiveDocument } from '../../../src/activities/doc/document';
import type { DocumentOptions } from '../../../src/activities/doc/options';
import { ApiError } from '../../../src/lib/net/api';
import type { Outcome } from '../../../src/lib/net/outbox';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import type { Command } from '../../../src/lib/net/store';
import type { ActivityListener } from '../../../src/lib/net/watches';
import type { Random } from '../delta/random';

interface Committed {
  change: Delta;
  peer: string;
  n: number;
  hash: string | null;
}

/** The document on the server. */
export class Town {
  log: Committed[] = [];
  content: Delta;
  /** How old a base may be. */
  window = 40;
  people: Person[] = [];
  /** Changes up to here are put together: nobody hears of them one by one. */
  folded = 0;
  /** What a change is refused for, if it is. */
  refuse: (peer: string) => string | null = () => null;
  /** Every so many events carry a hash. */
  hashEvery = 5;
  readonly #answers = new Map<string, Outcome>();

  constructor(content: Delta = [{ insert: '\n' }]) {
    this.content = content;
  }

  get rev(): number {
    return this.log.length;
  }

  /** Settles a command and tells everyone; the answer is for its peer alone. */
  take(peer: string, command: Command): Outcome {
    const before = this.#answers.get(`${peer} ${command.n}`);
    if (before) return before;
    const outcome = this.#decide(peer, command);
    this.#answers.set(`${peer} ${command.n}`, outcome.is === 'done' ? { ...outcome, event: null } : outcome);
    return outcome;
  }

  #decide(peer: string, command: Command): Outcome {
    const { base, change } = JSON.parse(command.with) as { base: number; change: Delta };
    const own = this.log.findLastIndex((c) => c.peer === peer) + 1;
    const because =
      this.refuse(peer) ?? (base < own || base > this.rev || this.rev - base > this.window ? 'behind' : null);
    if (because) return { is: 'refused', n: command.n, because, say: `Refused: ${because}.` };
    const late = this.log.slice(base).reduce((x, c) => transform(x, c.change).late, change);
    this.content = apply(this.content, late);
    const last = this.content.at(-1);
    if (!last || !isInsert(last) || !String(last.insert).endsWith('\n'))
      throw new Error('the last newline is gone');
    const sum = (this.rev + 1) % this.hashEvery === 0 ? hash(this.content) : null;
    this.log.push({ change: late, peer, n: command.n, hash: sum });
    for (const person of this.people) person.told(this.event(this.rev));
    return { is: 'done', n: command.n, event: this.event(this.rev) };
  }

  event(rev: number): RoomEvent {
    const { change, peer, n, hash } = this.log[rev - 1] as Committed;
    const told = { rev, change, ...(hash ? { hash } : {}) };
    return { in: 'doc', did: 'changed', with: told, by: `m-${peer}`, peer, n, at: 0, seq: rev };
  }

  /** The named read, with the changes of others composed. */
  changes(from: number, peer: string): unknown {
    if (from < this.folded)
      throw new ApiError('behind', 'This document has changed too much meanwhile.', 409);
    const steps: object[] = [];
    for (let at = from; at < this.rev;) {
      let to = at;
      while (to < this.rev && this.log[to]?.peer !== peer) to++;
      const own = to === at;
      if (own) to++;
      const part = this.log.slice(at, to);
      const n = own ? { own: true, n: part[0]?.n } : {};
      steps.push({ ...n, from: at, to, change: composeAll(part.map((c) => c.change)) });
      at = to;
    }
    return JSON.parse(JSON.stringify({ steps, rev: this.rev }));
  }
}

/** One tab: a queue that survives, a connection that does not. */
export class Person {
  readonly town: Town;
  readonly peer: string;
  document: LiveDocument;
  listener: ActivityListener | null = null;
  role = 'editor';
  /** The queue, as it is stored. */
  commands = new Map<number, Command>();
  record: unknown;
  next = 1;
  held = 0;
  online = true;
  away = false;
  /** Frames on the way here, and how many of our commands are on the way there. */
  inbox: (() => void)[] = [];
  sent = 0;
  /** The seq through which this tab was told, or null for a view. */
  through: number | null = null;
  reads: (() => void)[] = [];
  shown: Delta = [{ insert: '\n' }];
  refusals: string[] = [];
  now = 0;

  constructor(town: Town, peer: string) {
    this.town = town;
    this.peer = peer;
    town.people.push(this);
    this.document = this.#open();
    this.connect();
  }

  #open(): LiveDocument {
    const document = new LiveDocument(this.#options());
    document.attach({
      show: (text) => (this.shown = text),
      shift: ({ change, before }) => {
        if (canonical(before) !== canonical(this.shown))
          throw new Error('a shift does not begin at what is shown');
        this.shown = apply(this.shown, change);
      },
      changed: () => undefined,
      refused: ({ because }) => this.refusals.push(because),
    });
    return document;
  }

  #options(): DocumentOptions {
    const person = this;
    return {
      id: 'doc',
      clock: { now: () => this.now, after: (_, call) => (this.reads.push(call), () => undefined) },
      random: () => 0.5,
      idle: () => undefined,
      changes: (from) =>
        new Promise((resolve, reject) => {
          // Asked, and some time later answered with what was true when it was asked.
          this.reads.push(() => {
            let answer: unknown;
            let why = new ApiError('offline', 'The server cannot be reached.', 0);
            try {
              if (this.online) answer = this.town.changes(from, this.peer);
            } catch (error) {
              why = error as ApiError;
            }
            this.reads.push(() => {
              if (answer) resolve(answer);
              else reject(why);
            });
          });
        }),
      room: {
        get peer() {
          return person.peer;
        },
        member: null,
        epoch: 'e1',
        here: { people: 0, here: [] },
        watch: (_, listener) => {
          this.listener = listener;
          this.through = null;
          if (this.online) this.answer();
        },
        unwatch: () => (this.listener = null),
        send: (activity, name, content) => {
          const n = this.next++;
          this.commands.set(n, { n, in: activity, do: name, with: JSON.stringify(content) });
          return Object.assign(new Promise<Outcome>(() => undefined), { n });
        },
        unsettled: () => [...this.commands.values()],
        amend: (n, content) => {
          const command = this.commands.get(n);
          if (command) this.commands.set(n, { ...command, with: JSON.stringify(content) });
        },
        record: () => structuredClone(this.record),
        keep: (_, record) => (this.record = structuredClone(record)),
        holds: (_, count) => (this.held = count),
        signal: () => undefined,
        may: () => this.role === 'editor',
      } as DocumentOptions['room'],
    };
  }

  /** The person writes something. */
  edit(change: Delta): void {
    if (this.away || !this.document.writable) return;
    this.document.edit(change, null);
    this.shown = apply(this.shown, change);
  }

  /** An event has come out of the room: it is on its way here, if there is a way. */
  told(event: RoomEvent): void {
    if (!this.online) return;
    this.inbox.push(() => {
      if (event.peer === this.peer) this.settle({ is: 'done', n: event.n, event });
      if (!this.listener || this.through === null || event.seq <= this.through) return;
      this.through = event.seq;
      this.listener.event(structuredClone(event));
    });
  }

  settle(outcome: Outcome): void {
    const command = this.commands.get(outcome.n);
    if (!command) return;
    this.commands.delete(outcome.n);
    this.listener?.settled?.(command, outcome);
  }

  /** Lets one thing happen on the network. */
  step(random: Random): void {
    const [read] = this.reads;
    const due = [...this.commands.values()].find((c) => c.n > this.sent);
    const choice = random.below(3);
    if (choice === 0 && read) void (this.reads.shift(), read());
    else if (choice === 1 && this.inbox.length > 0) this.inbox.shift()?.();
    else if (due && this.online) this.#post(due, random);
  }

  #post(command: Command, random: Random): void {
    this.sent = command.n;
    const outcome = this.town.take(this.peer, command);
    // As with a big command: the answer may overtake the event.
    const again = outcome.is === 'done' && outcome.event === null;
    const quick = outcome.is === 'refused' || again || random.below(4) === 0;
    if (quick && random.below(2) === 0) this.settle(outcome);
    else if (quick) this.inbox.push(() => this.settle(outcome));
  }

  get idle(): boolean {
    return this.commands.size === 0 && this.inbox.length === 0 && this.reads.length === 0;
  }

  drop(): void {
    this.online = false;
    this.inbox = [];
  }

  connect(random?: Random): void {
    this.online = true;
    this.sent = 0;
    if (random && random.below(3) === 0) this.through = null; // away for too long
    this.answer();
  }

  answer(): void {
    const { listener, town } = this;
    if (!listener) return;
    if (this.through === null) {
      this.through = town.rev;
      listener.open(
        JSON.parse(JSON.stringify({ rev: town.rev, content: town.content })),
        null,
        town.rev,
        'doc',
      );
      return;
    }
    const from = this.through;
    for (let rev = from + 1; rev <= town.rev; rev++) {
      const event = town.event(rev);
      if (event.peer === this.peer) this.settle({ is: 'done', n: event.n, event });
      this.through = rev;
      this.listener?.event(structuredClone(event));
    }
  }

  /** The document is not on this page any more; what was asked for goes on. */
  leave(): void {
    if (!this.listener) return;
    this.document.close();
    this.away = true;
  }

  /** The document is on the page again. */
  back(): void {
    if (!this.away) return;
    this.away = false;
    this.reads = [];
    this.shown = [{ insert: '\n' }];
    this.document = this.#open();
  }

  /** The page is loaded anew; only what is stored is still there. */
  reload(): void {
    this.away = false;
    this.drop();
    this.document.close();
    this.reads = [];
    this.through = null;
    this.shown = [{ insert: '\n' }];
    this.document = this.#open();
  }
}

export function text(document: Delta): string {
  return document.map((op) => (isInsert(op) && typeof op.insert === 'string' ? op.insert : '')).join('');
}

/** Lets everything come to rest. */
export async function settle(town: Town, random: Random): Promise<void> {
  for (const person of town.people) person.back();
  for (const person of town.people) if (!person.online) person.connect();
  for (let i = 0; i < 20_000; i++) {
    await Promise.resolve();
    for (const person of town.people) person.step(random);
    if (town.people.every((person) => person.idle && person.held === 0)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (town.people.every((person) => person.idle)) return;
    }
  }
  const state = town.people.map((p) => [
    p.document.phase,
    p.held,
    p.commands.size,
    p.inbox.length,
    p.reads.length,
  ]);
  throw new Error(`it does not come to rest: ${JSON.stringify(state)}`);
}

/** What is wrong at rest: everybody must see what the server has. */
export function differences(town: Town): string[] {
  const want = canonical(town.content);
  return town.people.flatMap((person) => {
    const faults = [];
    if (canonical(person.document.text ?? []) !== want) {
      faults.push(`${person.peer} has ${canonical(person.document.text ?? [])}, the server ${want}`);
    }
    if (canonical(person.shown) !== want)
      faults.push(`${person.peer} shows ${canonical(person.shown)}, not ${want}`);
    if (length(person.shown) < 1) faults.push('nothing is shown');
    return faults;
  });
}

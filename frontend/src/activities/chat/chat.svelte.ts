import { read, tell } from '../../lib/net/api';
import type { Refusal, RoomEvent, Signal } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import { NO_STOPS, type Stops } from '../../lib/room/lobby';
import { toasts } from '../../ui/toasts.svelte';
import type { Attention } from '..';
import type { Mention } from './markup';
import { Originals } from './originals.svelte';
import { Place } from './place.svelte';
import {
  append,
  apply,
  change,
  open,
  prepend,
  type Attachment,
  type Chat,
  type Message,
  type Page,
} from './state';
import { words } from './words';

/** So long after the last sign of it, ms, nobody is said to be typing. */
const TYPING = 8000;

/** What somebody wrote that the server does not have yet. */
export interface Unsent {
  n: number;
  text: string;
  to?: number;
  mentions?: Mention[];
  file?: Attachment;
}

/** Changes of messages that the server has not confirmed. */
export interface Pending {
  edits: ReadonlyMap<number, { text: string; mentions: Mention[] }>;
  deletes: ReadonlySet<number>;
  /** By "seq emoji": given (true) or taken back. */
  reactions: ReadonlyMap<string, boolean>;
}

const NOTHING: Pending = { edits: new Map(), deletes: new Set(), reactions: new Map() };

/** A chat as a panel shows it, and as the room counts what is unread of it. */
export class LiveChat {
  readonly #room: Room;
  readonly #id: string;
  chat = $state.raw<Chat | null>(null);
  /** An earlier part of the conversation that is looked at in the place of its end. */
  past = $state.raw<Page | null>(null);
  unsent = $state.raw<readonly Unsent[]>([]);
  pending = $state.raw<Pending>(NOTHING);
  /** Messages that will be deleted in a moment, if nobody takes that back. */
  leaving = $state.raw<ReadonlySet<number>>(new Set());
  typing = $state.raw<readonly { peer: string; name: string }[]>([]);
  gone = $state.raw<Refusal | null>(null);
  refused = $state.raw<Refusal | null>(null);
  /** What was said and refused: it goes back to where it was written. */
  returned = $state<string | null>(null);
  stops = $state.raw<Stops>(NO_STOPS);
  loading = $state(false);
  failed = $state(false);
  /** A message that is to be shown. */
  wanted = $state<number | null>(null);

  readonly place: Place;
  readonly originals: Originals;
  /** What is looked at: the end of the conversation, or an earlier part. */
  readonly shown: Page | null = $derived(this.past ?? this.chat);
  readonly fresh: readonly Message[] = $derived.by(() => {
    const through = this.place.through;
    const me = this.#room.member?.id;
    return through === null
      ? []
      : (this.chat?.messages.filter((m) => m.seq > through && m.by !== me && !m.gone) ?? []);
  });
  readonly called: boolean = $derived(this.fresh.some((message) => this.calls(message)));

  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** What happened while older messages were being read: they may not know of it. */
  #during: RoomEvent[] = [];

  constructor(room: Room, id: string) {
    this.#room = room;
    this.#id = id;
    this.place = new Place(room, (seq) => tell(room.code, id, 'read', { seq }));
    this.originals = new Originals((seq) => this.#read('around', { at: String(seq), limit: '1' }));
    room.watch(id, {
      open: (view, mine, seq) => {
        this.gone = null;
        this.chat = open(view);
        this.past = null;
        this.originals.forget();
        this.place.open((mine as { read: number } | null)?.read ?? null, seq);
        this.#waits();
      },
      event: (event) => this.#event(event),
      settled: () => this.#waits(),
      refused: (refusal, asked) => {
        this.refused = refusal;
        if (asked.do === 'say') this.returned = (JSON.parse(asked.with) as Asked).text;
        this.#waits();
      },
      moved: () => this.#waits(),
      signal: (signal) => this.#heard(signal),
      gone: (refusal) => (this.gone = refusal),
    });
    this.#waits();
  }

  may(name: string): boolean {
    void this.chat;
    void this.stops;
    return this.#room.may(this.#id, name);
  }

  /** When this person may say something again in slow mode, by the server's clock; 0: now. */
  get until(): number {
    if (this.stops.slow === 0) return 0;
    const me = this.#room.member?.id;
    const last = this.chat?.messages.findLast((message) => message.by === me)?.at ?? 0;
    return last + this.stops.slow * 1000;
  }

  /** The server's clock. */
  readonly clock = (): number => this.#room.serverTime();

  /** Tells whether a message speaks to this person. */
  calls(message: Message): boolean {
    const me = this.#room.member?.id ?? '';
    if (message.here || message.mentions?.some((mention) => mention.id === me)) return true;
    return message.to !== undefined && this.find(message.to)?.by === me;
  }

  find(seq: number): Message | undefined {
    const here = (page: Page | null): Message | undefined => page?.messages.find((m) => m.seq === seq);
    return here(this.chat) ?? here(this.past) ?? this.originals.known(seq);
  }

  /** The people one may mention: who is here, and who has written. */
  people(): Mention[] {
    const all = new Map<string, string>();
    for (const m of this.shown?.messages ?? []) if (m.name) all.set(m.by, m.name);
    for (const person of this.#room.here.here) all.set(person.id, person.name);
    return [...all].map(([id, name]) => ({ id, name }));
  }

  say(text: string, mentions: Mention[], to: number | null, file?: Attachment): void {
    const content = {
      text,
      ...(mentions.length > 0 && { mentions }),
      ...(to !== null && { to }),
      ...(file && { file }),
    };
    void this.#room.send(this.#id, 'say', content);
    this.#room.signal(this.#id, 'typing', null);
    this.past = null;
    this.#waits();
  }

  edit(seq: number, text: string, mentions: Mention[]): void {
    this.#ask('edit', { seq, text, ...(mentions.length > 0 && { mentions }) });
  }

  react(seq: number, emoji: string, on: boolean): void {
    this.#ask('react', { seq, emoji, on });
  }

  pin(seq: number, on: boolean): void {
    this.#ask('pin', { seq, on });
  }

  /** Deletes a message in a moment; until then it can be taken back. */
  delete(seq: number): void {
    this.leaving = new Set([...this.leaving, seq]);
    const stays = (): void => {
      this.leaving = new Set([...this.leaving].filter((other) => other !== seq));
    };
    const closed = (): void => {
      stays();
      this.#ask('delete', { seq });
    };
    toasts.tell(words().leaving, stays, closed);
  }

  /** Tells the others that one writes; they see it for a few seconds. */
  writes(): void {
    this.#room.signal(this.#id, 'typing', { at: Math.floor(this.#room.serverTime() / 3000) }, 3000);
  }

  /** Loads earlier messages; false if there are none or they did not come. */
  older(): Promise<boolean> {
    const first = this.shown?.messages[0];
    if (!first || !this.shown?.more) return Promise.resolve(false);
    return this.#load('older', { before: String(first.seq), limit: '50' }, (page) => {
      if (this.past) this.past = prepend(this.past, page);
      else if (this.chat) this.chat = prepend(this.chat, page);
    });
  }

  /** Loads later messages, if an earlier part is looked at. */
  later(): Promise<boolean> {
    const last = this.past?.messages.at(-1);
    if (!last) return Promise.resolve(false);
    return this.#load('around', { at: String(last.seq), limit: '100' }, (page) => {
      if (this.past) this.past = append(this.past, page);
      this.#join();
    });
  }

  /** Brings the messages around one, if they are not there. */
  around(seq: number): Promise<boolean> {
    if (this.shown?.messages.some((message) => message.seq === seq)) return Promise.resolve(true);
    if (this.chat?.messages.some((message) => message.seq === seq)) {
      this.past = null;
      return Promise.resolve(true);
    }
    return this.#load('around', { at: String(seq), limit: '50' }, (page) => {
      this.past = page;
      this.#join();
    });
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.place.close();
    this.#room.unwatch(this.#id);
  }

  /** An earlier part that reaches the newest messages goes on with them. */
  #join(): void {
    const first = this.chat?.messages[0]?.seq ?? 0;
    const last = this.past?.messages.at(-1)?.seq ?? 0;
    if (!this.past || !this.chat || (last < first && this.past.later)) return;
    this.chat = prepend(this.chat, this.past);
    this.past = null;
  }

  #event(event: RoomEvent): void {
    if (event.did === 'read') return this.place.heard((event.with as { seq: number }).seq);
    if (this.loading) this.#during.push(event);
    if (this.chat) this.chat = apply(this.chat, event);
    if (this.past) this.past = change(this.past, event);
    this.originals.event(event);
    if (event.did === 'said') this.#stopped(event.peer);
    this.#waits();
  }

  #read(name: string, ask: Record<string, string>): Promise<Page> {
    return read<Page>(this.#room.code, this.#id, name, ask);
  }

  /** One read at a time. */
  async #load(name: string, ask: Record<string, string>, take: (page: Page) => void): Promise<boolean> {
    if (this.loading) return false;
    this.loading = true;
    this.failed = false;
    this.#during = [];
    try {
      const page = await this.#read(name, ask);
      take(this.#during.reduce(change, page));
      return true;
    } catch {
      this.failed = true; // the sentence stands where the messages would be, with a way to try again
      return false;
    } finally {
      this.loading = false;
    }
  }

  #ask(name: string, content: unknown): void {
    void this.#room.send(this.#id, name, content);
    this.#waits();
  }

  #waits(): void {
    const unsent: Unsent[] = [];
    const edits = new Map<number, { text: string; mentions: Mention[] }>();
    const deletes = new Set<number>();
    const reactions = new Map<string, boolean>();
    for (const command of this.#room.unsettled(this.#id)) {
      const content = JSON.parse(command.with) as Asked;
      if (command.do === 'say') unsent.push({ ...content, n: command.n });
      if (command.do === 'edit')
        edits.set(content.seq, { text: content.text, mentions: content.mentions ?? [] });
      if (command.do === 'delete') deletes.add(content.seq);
      if (command.do === 'react') reactions.set(`${content.seq} ${content.emoji}`, content.on);
    }
    this.unsent = unsent;
    this.pending = { edits, deletes, reactions };
  }

  #heard(signal: Signal): void {
    const { peer, name } = signal;
    if (signal.signal !== 'typing' || peer === this.#room.peer) return;
    this.#stopped(peer);
    if (signal.with === null) return;
    this.typing = [...this.typing, { peer, name }];
    this.#timers.set(
      peer,
      setTimeout(() => this.#stopped(peer), TYPING),
    );
  }

  /** Somebody does not write any more, or has not for a while. */
  #stopped(peer: string): void {
    clearTimeout(this.#timers.get(peer));
    this.#timers.delete(peer);
    this.typing = this.typing.filter((other) => other.peer !== peer);
  }
}

interface Asked {
  seq: number;
  text: string;
  mentions?: Mention[];
  emoji: string;
  on: boolean;
}

const held = new WeakMap<Room, Map<string, { live: LiveChat; users: number }>>();

/** The chat of a room, one for all who show or follow it; each lets it go with `release`. */
export function hold(room: Room, id: string): LiveChat {
  const all = held.get(room) ?? new Map<string, { live: LiveChat; users: number }>();
  held.set(room, all);
  const one = all.get(id) ?? { live: new LiveChat(room, id), users: 0 };
  all.set(id, one);
  one.users++;
  return one.live;
}

export function release(room: Room, id: string): void {
  const one = held.get(room)?.get(id);
  if (!one || --one.users > 0) return;
  held.get(room)?.delete(id);
  one.live.close();
}

/** Follows a chat that is not shown. */
export function attend(room: Room, id: string): Attention {
  const live = hold(room, id);
  return {
    get unread() {
      return live.fresh.length;
    },
    get called() {
      return live.called;
    },
    show: (seq) => (live.wanted = seq),
    close: () => release(room, id),
  };
}

import { read, tell } from '../../lib/net/api';
import type { Refusal, RoomEvent, Signal } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import { NO_STOPS, type Stops } from '../../lib/room/lobby';
import { toasts } from '../../ui/toasts.svelte';
import type { Attention } from '..';
import type { Mention } from './markup';
import { Flow } from './flow.svelte';
import { Originals } from './originals.svelte';
import { Place } from './place.svelte';
import { open, type Attachment, type Chat, type Message, type Page } from './state';
import { UnreadReplies, type Unread } from './unread.svelte';
import { words } from './words';

/** So long after the last sign of it, ms, nobody is said to be typing. */
const TYPING = 8000;

/** What somebody wrote that the server does not have yet. */
export interface Unsent {
  n: number;
  text: string;
  to?: number;
  thread?: number;
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
  /** What was said in the chat itself. */
  readonly main: Flow;
  /** The thread that is open. */
  thread = $state.raw<Flow | null>(null);
  readonly unread: UnreadReplies;
  /** What is being written, in the chat (0) and in threads. */
  readonly drafts = new Map<number, string>();
  unsent = $state.raw<readonly Unsent[]>([]);
  pending = $state.raw<Pending>(NOTHING);
  /** Messages that will be deleted in a moment, if nobody takes that back. */
  leaving = $state.raw<ReadonlySet<number>>(new Set());
  typing = $state.raw<readonly { peer: string; name: string; thread: number }[]>([]);
  gone = $state.raw<Refusal | null>(null);
  refused = $state.raw<Refusal | null>(null);
  stops = $state.raw<Stops>(NO_STOPS);
  /** When this person said something last, as far as this page heard. */
  #spoke = $state(0);

  readonly originals: Originals;
  /** How much is new to the person, in the chat and in their threads. */
  readonly fresh: number = $derived.by(() => this.main.fresh.length + this.unread.count);
  readonly called: boolean = $derived.by(
    () => this.unread.count > 0 || this.main.fresh.some((message) => this.calls(message)),
  );

  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(room: Room, id: string) {
    this.#room = room;
    this.#id = id;
    this.main = this.#flow(0);
    this.unread = new UnreadReplies(() => room.member?.id ?? '');
    this.originals = new Originals((seq) =>
      read<Page>(room.code, id, 'around', { at: String(seq), limit: '1' }),
    );
    room.watch(id, {
      open: (view, mine, seq) => {
        this.gone = null;
        const own = mine as { read: number; threads?: Unread[] } | null;
        this.main.end = open(view);
        this.main.past = null;
        this.originals.forget();
        this.main.place.open(own?.read || null, seq);
        this.unread.open(own?.threads);
        void this.thread?.open();
        this.#waits();
      },
      event: (event) => this.#event(event),
      settled: () => this.#waits(),
      refused: (refusal, asked) => {
        this.refused = refusal;
        if (asked.do === 'say') this.#giveBack(JSON.parse(asked.with) as Asked);
        this.#waits();
      },
      moved: () => this.#waits(),
      signal: (signal) => this.#heard(signal),
      gone: (refusal) => (this.gone = refusal),
    });
    this.#waits();
  }

  get chat(): Chat | null {
    return this.main.end;
  }

  #flow(thread: number): Flow {
    const room = this.#room;
    const id = this.#id;
    const place = new Place(room, (seq) => tell(room.code, id, 'read', { seq, ...(thread && { thread }) }));
    return new Flow(thread, {
      room,
      id,
      place,
      elsewhere: (page, seq) => this.openThread(page.first?.seq ?? 0, seq),
      opened: (page) => {
        const [oldest] = this.unread.of(thread);
        if (place.through === null) place.open(oldest ? oldest - 1 : null, page.messages.at(-1)?.seq ?? 0);
      },
      read: (seq) => this.unread.read(thread, seq),
    });
  }

  /** Opens a thread, at its end or at a reply. */
  openThread(root: number, at: number | null = null): void {
    if (this.thread?.thread !== root) {
      this.closeThread();
      const thread = this.#flow(root);
      this.thread = thread;
      void thread.open().then(() => (thread.wanted = at));
    } else if (at !== null) this.thread.wanted = at;
  }

  closeThread(): void {
    this.thread?.place.close();
    this.thread = null;
  }

  /** Shows a message, in the chat or in its thread. */
  show(seq: number): void {
    const known = this.find(seq);
    if (known?.thread) this.openThread(known.thread, seq);
    else if (this.thread?.thread === seq && this.thread.shown?.more === false) this.thread.wanted = seq;
    else this.main.wanted = seq;
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
    return Math.max(last, this.#spoke) + this.stops.slow * 1000;
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
    return this.main.find(seq) ?? this.thread?.find(seq) ?? this.originals.known(seq);
  }

  /** The people one may mention: who is here, and who has written. */
  people(): Mention[] {
    const all = new Map<string, string>();
    for (const m of [...(this.main.shown?.messages ?? []), ...(this.thread?.shown?.messages ?? [])])
      if (m.name) all.set(m.by, m.name);
    for (const person of this.#room.here.here) all.set(person.id, person.name);
    return [...all].map(([id, name]) => ({ id, name }));
  }

  say(flow: Flow, text: string, mentions: Mention[], to: number | null, file?: Attachment): void {
    const content = {
      text,
      ...(flow.thread && { thread: flow.thread }),
      ...(mentions.length > 0 && { mentions }),
      ...(to !== null && { to }),
      ...(file && { file }),
    };
    void this.#room.send(this.#id, 'say', content);
    this.#room.signal(this.#id, 'typing', null);
    flow.past = null;
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
  writes(thread: number): void {
    const at = Math.floor(this.#room.serverTime() / 3000);
    this.#room.signal(this.#id, 'typing', { at, ...(thread && { thread }) }, 3000);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.closeThread();
    this.main.place.close();
    this.#room.unwatch(this.#id);
  }

  #event(event: RoomEvent): void {
    this.unread.event(event);
    if (event.did === 'read') {
      const { seq, thread = 0 } = event.with as { seq: number; thread?: number };
      const flow = thread ? this.thread : this.main;
      if (flow?.thread === thread) flow.place.heard(seq);
      return;
    }
    this.main.event(event);
    this.thread?.event(event);
    this.originals.event(event);
    if (event.did === 'said') {
      this.#stopped(event.peer);
      if (event.by === this.#room.member?.id) this.#spoke = event.at;
    }
    this.#waits();
  }

  /** What was refused stands again where it was written; if that is closed, when it is opened. */
  #giveBack({ text, thread = 0 }: Asked): void {
    const flow = thread === 0 ? this.main : this.thread;
    if (flow?.thread === thread) flow.returned = text;
    else this.drafts.set(thread, text);
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
    const { thread = 0 } = signal.with as { thread?: number };
    this.typing = [...this.typing, { peer, name, thread }];
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
  thread?: number;
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
      return live.fresh;
    },
    get called() {
      return live.called;
    },
    show: (seq) => live.show(seq),
    close: () => release(room, id),
  };
}

import { tell } from '../../lib/net/api';
import type { RoomEvent } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import { NO_STOPS, type Stops } from '../../lib/room/lobby';
import type { Mention } from './markup';
import { LiveDirect } from './direct.svelte';
import { Flow } from './flow.svelte';
import { Place } from './place.svelte';
import { open, type Attachment, type Chat, type Message } from './state';
import { Talk, type Asked } from './talk.svelte';
import { UnreadReplies, type Unread } from './unread.svelte';
import { words } from './words';

/** A chat as a panel shows it, and as the room counts what is unread of it. */
export class LiveChat extends Talk {
  /** What was said in the chat itself. */
  readonly main: Flow;
  /** The thread that is open. */
  thread = $state.raw<Flow | null>(null);
  readonly unread: UnreadReplies;
  stops = $state.raw<Stops>(NO_STOPS);
  /** When this person said something last, as far as this page heard. */
  #spoke = $state(0);

  /** How much is new to the person, in the chat and in their threads. */
  readonly fresh: number = $derived.by(() => this.main.fresh.length + this.unread.count);
  readonly called: boolean = $derived.by(
    () => this.unread.count > 0 || this.main.fresh.some((message) => this.calls(message)),
  );

  constructor(room: Room, id: string) {
    super(room, id);
    this.main = this.#flow(0);
    this.unread = new UnreadReplies(() => room.member?.id ?? '');
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
        this.waits();
      },
      event: (event) => this.#event(event),
      settled: () => this.waits(),
      refused: (refusal, asked) => {
        this.refused = refusal;
        if (asked.do === 'say') this.#giveBack(JSON.parse(asked.with) as Asked);
        this.waits();
      },
      moved: () => this.waits(),
      signal: (signal) => this.heard(signal),
      gone: (refusal) => (this.gone = refusal),
    });
    this.waits();
  }

  get chat(): Chat | null {
    return this.main.end;
  }

  get pins(): readonly number[] {
    return this.chat?.pins ?? [];
  }

  get stopped(): string {
    return this.stops.talk && words()[this.stops.talk];
  }

  get pace(): number {
    return this.stops.slow;
  }

  get readOnly(): string {
    return words().readOnly;
  }

  get empty(): string {
    return words().empty;
  }

  #flow(thread: number): Flow {
    const { room, id } = this;
    const place = new Place(room, (seq) => tell(room.code, id, 'read', { seq, ...(thread && { thread }) }));
    return new Flow(thread, {
      room,
      id,
      place,
      ask: () => (thread ? { thread: String(thread) } : {}),
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

  show(seq: number): void {
    const known = this.find(seq);
    if (known?.thread) this.openThread(known.thread, seq);
    else if (this.thread?.thread === seq && this.thread.shown?.more === false) this.thread.wanted = seq;
    else this.main.wanted = seq;
  }

  override may(name: string): boolean {
    void this.chat;
    void this.stops;
    return super.may(name);
  }

  get until(): number {
    if (this.stops.slow === 0) return 0;
    const me = this.room.member?.id;
    const last = this.chat?.messages.findLast((message) => message.by === me)?.at ?? 0;
    return Math.max(last, this.#spoke) + this.stops.slow * 1000;
  }

  calls(message: Message): boolean {
    const me = this.room.member?.id ?? '';
    if (message.here || message.mentions?.some((mention) => mention.id === me)) return true;
    return message.to !== undefined && this.find(message.to)?.by === me;
  }

  find(seq: number): Message | undefined {
    return this.main.find(seq) ?? this.thread?.find(seq) ?? this.originals.known(seq);
  }

  /** Who is here, and who has written. */
  people(): Mention[] {
    const all = new Map<string, string>();
    for (const m of [...(this.main.shown?.messages ?? []), ...(this.thread?.shown?.messages ?? [])])
      if (m.name) all.set(m.by, m.name);
    for (const person of this.room.here.here) all.set(person.id, person.name);
    return [...all].map(([id, name]) => ({ id, name }));
  }

  override get mentionable(): Mention[] {
    return this.people();
  }

  path(seq: number): string {
    return `#m=${seq}`;
  }

  override write(person: Mention & { colour: number }): void {
    holdDirect(this.room).writeTo(person);
    releaseDirect(this.room); // whoever shows the chat holds it as well
  }

  say(flow: Flow, text: string, mentions: Mention[], to: number | null, file?: Attachment): void {
    const content = {
      text,
      ...(flow.thread && { thread: flow.thread }),
      ...(mentions.length > 0 && { mentions }),
      ...(to !== null && { to }),
      ...(file && { file }),
    };
    void this.room.send(this.id, 'say', content);
    this.room.signal(this.id, 'typing', null);
    flow.past = null;
    this.waits();
  }

  writes(thread: number): void {
    const at = Math.floor(this.room.serverTime() / 3000);
    this.room.signal(this.id, 'typing', { at, ...(thread && { thread }) }, 3000);
  }

  override close(): void {
    this.closeThread();
    this.main.place.close();
    super.close();
  }

  protected flowOf({ thread = 0 }: Partial<Asked>): number {
    return thread;
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
    this.told(event);
    if (event.did === 'said' && event.by === this.room.member?.id) this.#spoke = event.at;
    this.waits();
  }

  /** What was refused stands again where it was written; if that is closed, when it is opened. */
  #giveBack({ text, thread = 0 }: Asked): void {
    const flow = thread === 0 ? this.main : this.thread;
    if (flow?.thread === thread) flow.returned = text;
    else this.drafts.set(thread, text);
  }
}

interface Held<T extends Talk> {
  live: T;
  users: number;
}

/** What is held of each room, one for all who show or follow it. */
class Holding<T extends Talk> {
  readonly #all = new WeakMap<Room, Map<string, Held<T>>>();
  readonly #make: (room: Room, id: string) => T;

  constructor(make: (room: Room, id: string) => T) {
    this.#make = make;
  }

  hold(room: Room, id: string): T {
    const all = this.#all.get(room) ?? new Map<string, Held<T>>();
    this.#all.set(room, all);
    const one = all.get(id) ?? { live: this.#make(room, id), users: 0 };
    all.set(id, one);
    one.users++;
    return one.live;
  }

  release(room: Room, id: string): void {
    const one = this.#all.get(room)?.get(id);
    if (!one || --one.users > 0) return;
    this.#all.get(room)?.delete(id);
    one.live.close();
  }
}

const chats = new Holding((room, id) => new LiveChat(room, id));
const directs = new Holding((room) => new LiveDirect(room));

/** The chat of a room; each who has it lets it go with `release`. */
export const hold = (room: Room, id: string): LiveChat => chats.hold(room, id);
export const release = (room: Room, id: string): void => chats.release(room, id);

/** The direct messages of a room; each who has them lets them go with `releaseDirect`. */
export const holdDirect = (room: Room): LiveDirect => directs.hold(room, DIRECT);
export const releaseDirect = (room: Room): void => directs.release(room, DIRECT);

/** The activity of direct messages, which every room has. */
export const DIRECT = 'direct';

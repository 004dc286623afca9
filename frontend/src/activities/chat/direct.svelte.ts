import { read, tell } from '../../lib/net/api';
import type { RoomEvent } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import { NO_STOPS, type Stops } from '../../lib/room/lobby';
import { Flow } from './flow.svelte';
import type { Mention } from './markup';
import { Place } from './place.svelte';
import type { Attachment, Message, Page } from './state';
import { Talk, type Asked } from './talk.svelte';
import { words } from './words';

export interface Person extends Mention {
  colour: number;
}

/** Somebody with whom this person talks alone, and what of it they have not read. */
export interface Entry {
  /** The seq of the event that began the talk. */
  thread: number;
  with: Person;
  /** When the last was said, Unix milliseconds. */
  at: number;
  unread: readonly number[];
}

interface Mine {
  talks?: { thread: number; with: Person; at: number; unread?: number[] }[];
  more?: boolean;
  blocked?: Person[];
}

/** A part of a talk, and with whom it is. */
interface TalkPage extends Page {
  thread?: number;
  with?: Person;
}

/** So many are counted, as the server does. */
const MOST = 30;

/** What this person and others say to each other alone, all of it in one activity. */
export class LiveDirect extends Talk {
  /** With whom this person talks, the last to have written first. */
  list = $state.raw<readonly Entry[]>([]);
  /** There are others, of longer ago. */
  more = $state(false);
  blocked = $state.raw<readonly Person[]>([]);
  /** The talk that is open. */
  open = $state.raw<{ with: Person; flow: Flow } | null>(null);
  /** These stand before the chat of the room. */
  shown = $state(false);
  known = $state(false);
  stops = $state.raw<Stops>(NO_STOPS);

  readonly fresh: number = $derived(this.list.reduce((sum, { unread }) => sum + unread.length, 0));

  /** Talks that were begun, of which nothing was said yet as far as this page knows. */
  readonly #begun = new Map<number, Person>();
  /** Numbers in the place of threads for talks that are not begun. */
  readonly #planned: string[] = [];

  constructor(room: Room) {
    super(room, 'direct');
    room.watch('direct', {
      open: (_view, mine) => {
        this.gone = null;
        const { talks = [], more = false, blocked = [] } = (mine ?? {}) as Mine;
        this.list = talks.map((one) => ({ ...one, unread: one.unread ?? [] }));
        this.more = more;
        this.blocked = blocked;
        this.known = true;
        this.originals.forget();
        this.#join();
        void this.open?.flow.open();
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
      signal: (signal) => {
        if (!this.hides(signal.by)) this.heard(signal);
      },
      gone: (refusal) => (this.gone = refusal),
    });
    this.waits();
  }

  readonly pins: readonly number[] = [];
  readonly pace = 0;
  readonly until = 0;

  get stopped(): string {
    if (this.open && this.hides(this.open.with.id)) return words().blockedHere;
    return this.stops.direct && words()[this.stops.direct];
  }

  get readOnly(): string {
    return words().directReadOnly;
  }

  get empty(): string {
    return words().directEmpty(this.open?.with.name ?? '');
  }

  override may(name: string): boolean {
    void this.known;
    void this.stops;
    return super.may(name);
  }

  /** How much of somebody is not read. */
  from(person: string): number {
    return this.#entry(person)?.unread.length ?? 0;
  }

  /** This person has blocked somebody. */
  hides(person: string): boolean {
    return this.blocked.some(({ id }) => id === person);
  }

  block({ id }: Person, on: boolean): void {
    this.ask('block', { with: id, on });
  }

  /** Opens the talk with somebody, which perhaps is not begun. */
  writeTo(person: Person): void {
    this.shown = true;
    if (this.open?.with.id === person.id) return;
    this.leave();
    const flow = this.#flow(person);
    this.open = { with: person, flow };
    void flow.open();
  }

  leave(): void {
    this.open?.flow.place.close();
    this.open = null;
  }

  /** Shows a message in its talk. */
  show(seq: number): void {
    this.shown = true;
    const { open } = this;
    if (open?.flow.find(seq)) open.flow.wanted = seq;
    else void this.#seek(seq);
  }

  /** Earlier talks than those that are in the list. */
  async older(): Promise<void> {
    const before = Math.min(...this.list.map(({ thread }) => thread));
    const { talks = [], more = false } = await read<Mine>(this.room.code, this.id, 'talks', {
      ...(Number.isFinite(before) && this.list.length > 0 && { before: String(before) }),
      limit: '100',
    });
    const known = new Set(this.list.map(({ thread }) => thread));
    const others = talks.filter(({ thread }) => !known.has(thread));
    this.list = [...this.list, ...others.map((one) => ({ ...one, unread: [] }))];
    this.more = more;
  }

  calls(): boolean {
    return false; // all of it does
  }

  find(seq: number): Message | undefined {
    return this.open?.flow.find(seq) ?? this.originals.known(seq);
  }

  people(): Mention[] {
    const { member } = this.room;
    return [...(this.open ? [this.open.with] : []), ...(member ? [member] : [])];
  }

  path(seq: number): string {
    return `#${new URLSearchParams({ in: this.id, at: String(seq) })}`;
  }

  say(flow: Flow, text: string, _mentions: Mention[], to: number | null, file?: Attachment): void {
    if (!this.open) return;
    const content = { with: this.open.with.id, text, ...(to !== null && { to }), ...(file && { file }) };
    void this.room.send(this.id, 'say', content);
    this.room.signal(this.id, 'typing', null);
    flow.past = null;
    this.waits();
  }

  writes(): void {
    if (!this.open) return;
    const at = Math.floor(this.room.serverTime() / 3000);
    this.room.signal(this.id, 'typing', { at, to: this.open.with.id }, 3000);
  }

  override close(): void {
    this.leave();
    super.close();
  }

  protected flowOf(_content: Partial<Asked>, by: string): number {
    return this.#keyOf(by);
  }

  #entry(person: string): Entry | undefined {
    return this.list.find((entry) => entry.with.id === person);
  }

  /** The thread of the talk with somebody; below 0 if none was begun. */
  #keyOf(person: string): number {
    const thread = this.#entry(person)?.thread;
    if (thread) return thread;
    if (!this.#planned.includes(person)) this.#planned.push(person);
    return -1 - this.#planned.indexOf(person);
  }

  #flow(person: Person): Flow {
    const { room, id } = this;
    const place = new Place(room, (seq) => tell(room.code, id, 'read', { seq, thread: flow.thread }));
    const flow: Flow = new Flow(this.#keyOf(person.id), {
      room,
      id,
      place,
      ask: () => (flow.thread > 0 ? { thread: String(flow.thread) } : { with: person.id }),
      elsewhere: (page, seq) => this.#opens(page, seq),
      opened: (page) => {
        const { thread, with: now } = page as TalkPage;
        if (thread) flow.thread = thread;
        if (now && this.open?.flow === flow) this.open = { with: now, flow };
        const [oldest] = this.#entry(person.id)?.unread ?? [];
        if (place.through === null) place.open(oldest ? oldest - 1 : null, page.messages.at(-1)?.seq ?? 0);
      },
      read: (seq) => this.#read(flow.thread, seq),
    });
    return flow;
  }

  async #seek(seq: number): Promise<void> {
    try {
      const at = { at: String(seq), limit: '1' };
      this.#opens(await read<TalkPage>(this.room.code, this.id, 'around', at), seq);
    } catch (refusal) {
      this.refused = refusal as TalkRefusal;
    }
  }

  #opens(page: Page, seq: number): void {
    const { with: person } = page as TalkPage;
    if (!person) return;
    this.writeTo(person);
    const flow = this.open?.flow;
    if (flow) void flow.open().then(() => (flow.wanted = seq));
  }

  #event(event: RoomEvent): void {
    const content = (event.with ?? {}) as Told;
    switch (event.did) {
      case 'began':
        for (const person of content.people ?? [])
          if (person.id !== this.room.member?.id) this.#begun.set(event.seq, person);
        return;
      case 'blocked':
        this.blocked = this.blocked.filter(({ id }) => id !== content.id);
        if (content.on) this.blocked = [...this.blocked, content];
        return;
      case 'read':
        this.#read(content.thread, content.seq);
        if (this.open?.flow.thread === content.thread) this.open.flow.place.heard(content.seq);
        return;
      case 'said':
        this.#said(event, content);
        break;
      case 'deleted':
        this.#change(content.thread, (entry) => ({
          ...entry,
          unread: entry.unread.filter((seq) => seq !== content.of),
        }));
    }
    if (this.open?.flow.thread === content.thread) this.open.flow.event(event);
    this.told(event);
    this.waits();
  }

  /** A message puts its talk first. */
  #said(event: RoomEvent, { thread, name, colour }: Told): void {
    const before = this.list.find((entry) => entry.thread === thread);
    const other = before?.with ?? this.#begun.get(thread);
    const theirs = event.by !== this.room.member?.id;
    const now = theirs && name ? { id: event.by, name, colour: colour ?? 0 } : other;
    if (!now) return void this.#missed(event.seq); // of a talk that is not in the list
    const unread = before?.unread ?? [];
    const entry = {
      thread,
      with: now,
      at: event.at,
      unread: theirs ? [...unread, event.seq].slice(-MOST) : unread,
    };
    this.list = [entry, ...this.list.filter((one) => one.thread !== thread)];
    this.#join();
  }

  /** This person has written, elsewhere, to somebody of whom this page does not know. */
  async #missed(seq: number): Promise<void> {
    const at = { at: String(seq), limit: '1' };
    const page = await read<TalkPage>(this.room.code, this.id, 'around', at).catch(() => null);
    const last = page?.messages.at(-1);
    if (!page?.thread || !page.with || !last || this.list.some(({ thread }) => thread === page.thread))
      return;
    this.list = [{ thread: page.thread, with: page.with, at: last.at, unread: [] }, ...this.list];
  }

  /** A talk that was open before it was begun is that which was begun. */
  #join(): void {
    const { open } = this;
    const thread = open && this.#entry(open.with.id)?.thread;
    if (!open || !thread || open.flow.thread === thread) return;
    open.flow.thread = thread;
  }

  #read(thread: number, through: number): void {
    this.#change(thread, (entry) => {
      const unread = entry.unread.filter((seq) => seq > through);
      return unread.length === entry.unread.length ? entry : { ...entry, unread };
    });
  }

  #change(thread: number, to: (entry: Entry) => Entry): void {
    const at = this.list.findIndex((entry) => entry.thread === thread);
    const old = this.list[at];
    if (!old) return;
    const now = to(old);
    if (now !== old) this.list = this.list.with(at, now);
  }

  #giveBack({ text, with: person = '' }: Asked): void {
    if (this.open?.with.id === person) this.open.flow.returned = text;
    else this.drafts.set(this.#keyOf(person), text);
  }
}

type TalkRefusal = NonNullable<Talk['refused']>;

/** What the events of direct messages carry. */
interface Told extends Person {
  people?: Person[];
  thread: number;
  seq: number;
  of: number;
  on: boolean;
}

import { read } from '../../lib/net/api';
import type { Refusal, RoomEvent, Signal } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import { toasts } from '../../ui/toasts.svelte';
import type { Mention } from './markup';
import type { Flow } from './flow.svelte';
import { Originals } from './originals.svelte';
import type { Attachment, Message, Page } from './state';
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

/** What this person asked for, as it waits to be sent. */
export interface Asked {
  seq: number;
  text: string;
  thread?: number;
  /** Of a direct message: to whom. */
  with?: string;
  mentions?: Mention[];
  emoji: string;
  on: boolean;
}

/** What people say to each other in one activity, as far as it is the same for a chat and for direct messages. */
export abstract class Talk {
  readonly room: Room;
  readonly id: string;
  /** What is being written, by the flow in which it is. */
  readonly drafts = new Map<number, string>();
  unsent = $state.raw<readonly Unsent[]>([]);
  pending = $state.raw<Pending>(NOTHING);
  /** Messages that will be deleted in a moment, if nobody takes that back. */
  leaving = $state.raw<ReadonlySet<number>>(new Set());
  typing = $state.raw<readonly { peer: string; name: string; thread: number }[]>([]);
  gone = $state.raw<Refusal | null>(null);
  refused = $state.raw<Refusal | null>(null);
  readonly originals: Originals;

  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  protected constructor(room: Room, id: string) {
    this.room = room;
    this.id = id;
    this.originals = new Originals((seq) =>
      read<Page>(room.code, id, 'around', { at: String(seq), limit: '1' }),
    );
  }

  /** The messages that are pinned. */
  abstract readonly pins: readonly number[];
  /** Why nothing can be written now although the role allows it; '' if it can. */
  abstract readonly stopped: string;
  /** So many seconds between two messages; 0: as one likes. */
  abstract readonly pace: number;
  /** When this person may say something again in slow mode, by the server's clock; 0: now. */
  abstract readonly until: number;
  /** Why this person only reads along. */
  abstract readonly readOnly: string;
  /** What stands where nothing was said yet. */
  abstract readonly empty: string;
  /** A message that is at hand. */
  abstract find(seq: number): Message | undefined;
  /** Shows a message where it stands. */
  abstract show(seq: number): void;
  /** Tells whether a message speaks to this person. */
  abstract calls(message: Message): boolean;
  /** The people whose names are known here. */
  abstract people(): Mention[];
  /** Where a link to a message leads. */
  abstract path(seq: number): string;
  abstract say(flow: Flow, text: string, mentions: Mention[], to: number | null, file?: Attachment): void;
  /** Tells the others that one writes; they see it for a few seconds. */
  abstract writes(thread: number): void;
  /** The flow in which something is that waits, or is told by a signal. */
  protected abstract flowOf(content: Partial<Asked>, by: string): number;
  /** May be named, with an @, in what is written. */
  get mentionable(): Mention[] {
    return [];
  }

  /** Begins to write to somebody alone; undefined where one does not. */
  write?(person: Mention & { colour: number }): void;

  may(name: string): boolean {
    void this.gone;
    return this.room.may(this.id, name);
  }

  /** The server's clock. */
  readonly clock = (): number => this.room.serverTime();

  edit(seq: number, text: string, mentions: Mention[]): void {
    this.ask('edit', { seq, text, ...(mentions.length > 0 && { mentions }) });
  }

  react(seq: number, emoji: string, on: boolean): void {
    this.ask('react', { seq, emoji, on });
  }

  pin(seq: number, on: boolean): void {
    this.ask('pin', { seq, on });
  }

  /** Deletes a message in a moment; until then it can be taken back. */
  delete(seq: number): void {
    this.leaving = new Set([...this.leaving, seq]);
    const stays = (): void => {
      this.leaving = new Set([...this.leaving].filter((other) => other !== seq));
    };
    const closed = (): void => {
      stays();
      this.ask('delete', { seq });
    };
    toasts.tell(words().leaving, stays, closed);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.room.unwatch(this.id);
  }

  protected ask(name: string, content: unknown): void {
    void this.room.send(this.id, name, content);
    this.waits();
  }

  /** Looks what of this person's is not settled yet. */
  protected waits(): void {
    const unsent: Unsent[] = [];
    const edits = new Map<number, { text: string; mentions: Mention[] }>();
    const deletes = new Set<number>();
    const reactions = new Map<string, boolean>();
    for (const command of this.room.unsettled(this.id)) {
      const content = JSON.parse(command.with) as Asked;
      if (command.do === 'say')
        unsent.push({ ...content, thread: this.flowOf(content, content.with ?? ''), n: command.n });
      if (command.do === 'edit')
        edits.set(content.seq, { text: content.text, mentions: content.mentions ?? [] });
      if (command.do === 'delete') deletes.add(content.seq);
      if (command.do === 'react') reactions.set(`${content.seq} ${content.emoji}`, content.on);
    }
    this.unsent = unsent;
    this.pending = { edits, deletes, reactions };
  }

  protected heard({ signal, peer, by, name, with: content }: Signal): void {
    if (signal !== 'typing' || peer === this.room.peer) return;
    this.silent(peer);
    if (content === null) return;
    const thread = this.flowOf(content as Partial<Asked>, by);
    this.typing = [...this.typing, { peer, name, thread }];
    this.#timers.set(
      peer,
      setTimeout(() => this.silent(peer), TYPING),
    );
  }

  /** What a message changes besides its flow. */
  protected told(event: RoomEvent): void {
    this.originals.event(event);
    if (event.did === 'said') this.silent(event.peer);
  }

  /** Somebody does not write any more, or has not for a while. */
  protected silent(peer: string): void {
    clearTimeout(this.#timers.get(peer));
    this.#timers.delete(peer);
    this.typing = this.typing.filter((other) => other.peer !== peer);
  }
}

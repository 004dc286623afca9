import { read } from '../../lib/net/api';
import type { Refusal, Signal } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import { apply, open, prepend, type Chat } from './state';

/** So long after the last sign of it, ms, nobody is said to be typing. */
const TYPING = 8000;

/** What somebody wrote that the server does not have yet. */
interface Unsent {
  n: number;
  text: string;
}

/** A chat as a panel shows it. */
export class LiveChat {
  readonly #room: Room;
  readonly #id: string;
  readonly #code: string;
  chat = $state.raw<Chat | null>(null);
  unsent = $state.raw<readonly Unsent[]>([]);
  typing = $state.raw<readonly { peer: string; name: string }[]>([]);
  gone = $state.raw<Refusal | null>(null);
  refused = $state.raw<Refusal | null>(null);
  loading = $state(false);
  failed = $state(false);
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(room: Room, id: string, code: string) {
    this.#room = room;
    this.#id = id;
    this.#code = code;
    room.watch(id, {
      open: (view) => {
        this.gone = null;
        this.chat = open(view);
        this.#waits();
      },
      event: (event) => {
        if (this.chat) this.chat = apply(this.chat, event);
        this.#stopped(event.peer);
        this.#waits();
      },
      settled: () => this.#waits(),
      refused: (refusal) => {
        this.refused = refusal;
        this.#waits();
      },
      moved: () => this.#waits(),
      signal: (signal) => this.#heard(signal),
      gone: (refusal) => (this.gone = refusal),
    });
    this.#waits();
  }

  get mayWrite(): boolean {
    return this.#room.may(this.#id, 'say');
  }

  say(text: string): void {
    void this.#room.send(this.#id, 'say', { text });
    this.#room.signal(this.#id, 'typing', null);
    this.#waits();
  }

  /** Tells the others that one writes; they see it for a few seconds. */
  writes(): void {
    this.#room.signal(this.#id, 'typing', { at: Math.floor(this.#room.serverTime() / 3000) }, 3000);
  }

  /** Loads earlier messages; false if there are none or they did not come. */
  async older(): Promise<boolean> {
    const first = this.chat?.messages[0];
    if (!first || !this.chat?.more || this.loading) return false;
    this.loading = true;
    this.failed = false;
    try {
      const older = await read<Chat>(this.#code, this.#id, 'older', {
        before: String(first.seq),
        limit: '50',
      });
      if (this.chat) this.chat = prepend(this.chat, older);
      return true;
    } catch {
      this.failed = true; // the sentence stands where the messages would be, with a way to try again
      return false;
    } finally {
      this.loading = false;
    }
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#room.unwatch(this.#id);
  }

  #waits(): void {
    this.unsent = this.#room
      .unsettled(this.#id)
      .filter((command) => command.do === 'say')
      .map((command) => ({ n: command.n, text: (JSON.parse(command.with) as { text: string }).text }));
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

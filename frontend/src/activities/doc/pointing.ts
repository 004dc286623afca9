import type { Client, Selected } from '../../lib/delta';
import type { Room } from '../../lib/net/room';

/** Where the person is in a text, and whether the others know. */
export class Pointing {
  selected: Selected | null = null;
  readonly #room: Pick<Room, 'may' | 'signal'>;
  readonly #id: string;
  /** The others have not been told yet where the person went. */
  #due = false;

  constructor(room: Pick<Room, 'may' | 'signal'>, id: string) {
    this.#room = room;
    this.#id = id;
  }

  /** `byHand`: the person went there; else the text has moved under them. */
  select(selected: Selected, byHand: boolean): void {
    this.selected = selected;
    this.#due ||= byHand;
  }

  /** Tells the others, once they can understand it; before, each change tells. */
  tell(client: Client | undefined): void {
    if (!this.#due || client?.is !== 'synced' || !this.selected) return;
    if (!this.#room.may(this.#id, 'cursor')) return;
    this.#due = false;
    this.#room.signal(this.#id, 'cursor', { rev: client.rev, ...this.selected });
  }

  /** The person is nowhere in the text. */
  leave(): void {
    this.selected = null;
    this.#room.signal(this.#id, 'cursor', null);
  }
}

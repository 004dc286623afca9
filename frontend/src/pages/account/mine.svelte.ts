import { format } from '../../lib/i18n';
import { myAccount, myRooms, type MyRoom } from '../../lib/net/account';
import type { Recent } from '../../lib/recent';
import { words } from './words';

/** A room as the start page lists it. */
export interface Shown extends Recent {
  /** What is said of it beside its code, if the account keeps it. */
  about?: string;
}

/** What the start page shows of the account. */
export class Mine {
  #known = $state(false);
  #rooms = $state.raw<MyRoom[]>([]);

  /** What the way to the account is called. */
  readonly link = $derived(this.#known ? words().mine : words().signIn);
  /** What the list of rooms is called, if it is more than this device's. */
  readonly title = $derived(this.#known ? words().room.title : undefined);

  /** What the way to all rooms is called. */
  readonly every = $derived(words().room.every);

  /** The rooms of the account and those that only this device knows, the latest first. */
  and(recent: readonly Recent[]): Shown[] {
    const { active, roles } = words().room;
    const open = this.#rooms.filter((room) => !room.archived && !room.until);
    const kept = open.map(({ code, title, role, last }) => ({
      code,
      title,
      at: last,
      about: active(roles[role] ?? role, format().ago(last)),
    }));
    const codes = new Set(this.#rooms.map((room) => room.code));
    return [...kept, ...recent.filter((room) => !codes.has(room.code))].sort((a, b) => b.at - a.at);
  }

  async look(): Promise<void> {
    try {
      this.#known = (await myAccount()) !== null;
      this.#rooms = this.#known ? await myRooms() : [];
    } catch {
      // The page goes on with what this device knows; signing in says what is wrong.
    }
  }
}

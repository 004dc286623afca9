import { myRooms, pinRoom, type MyRoom } from '../../lib/net/account';
import { tell } from '../../lib/net/api';
import { atLeast } from '../../lib/room/lobby';
import { toasts } from '../../ui/toasts.svelte';
import { whatWentWrong } from '../home/wrong';
import { duplicateRoom, takeRoom } from './carry';

/** About so long a deleted room can be restored, ms; the server says it to the millisecond. */
const KEPT = 30 * 24 * 3_600_000;

/** One's rooms, as the page lists them: what is pinned, what is recent, what is archived. */
export class Rooms {
  /** Null until the server has told them. */
  all = $state.raw<readonly MyRoom[] | null>(null);
  problem = $state('');
  /** What is looked for, as typed. */
  filter = $state('');

  readonly #fitting = $derived((this.all ?? []).filter((room) => fits(room, this.filter)));
  readonly found = $derived(this.#fitting.filter((room) => !room.until));
  /** Those that the person has deleted and can restore. */
  readonly deleted = $derived(this.#fitting.filter((room) => room.until));
  readonly pinned = $derived(this.found.filter((room) => room.pinned && !room.archived));
  readonly recent = $derived(this.found.filter((room) => !room.pinned && !room.archived));
  readonly archived = $derived(this.found.filter((room) => room.archived));

  async look(): Promise<void> {
    this.problem = '';
    try {
      this.all = await myRooms();
    } catch (error) {
      this.problem = whatWentWrong(error);
    }
  }

  pin(room: MyRoom, on: boolean): Promise<boolean> {
    return this.#change(room, { pinned: on }, () => pinRoom(room.code, on));
  }

  rename(room: MyRoom, title: string): Promise<boolean> {
    return this.#change(room, { title }, () => tell(room.code, 'lobby', 'title', { title }));
  }

  archive(room: MyRoom, on: boolean): Promise<boolean> {
    return this.#change(room, { archived: on ? Date.now() : 0 }, () =>
      tell(room.code, 'lobby', 'archive', { on }),
    );
  }

  /** Takes a room away from everybody, or gives it back. The server says until when that can be done. */
  async delete(room: MyRoom, on: boolean): Promise<boolean> {
    const done = await this.#change(room, { until: on ? Date.now() + KEPT : 0 }, () =>
      tell(room.code, 'lobby', 'delete', { on }),
    );
    if (done) await this.look();
    return done;
  }

  /** Makes another room like this one, which then stands in the list. */
  async duplicate(room: MyRoom, title: string): Promise<boolean> {
    const done = await this.#try(() => duplicateRoom(room.code, title));
    if (done) await this.look();
    return done;
  }

  /** Begins to download a room. */
  take(room: MyRoom): Promise<boolean> {
    return this.#try(() => takeRoom(room.code));
  }

  async #try(ask: () => Promise<unknown>): Promise<boolean> {
    try {
      await ask();
      return true;
    } catch (error) {
      toasts.warn(whatWentWrong(error));
      return false;
    }
  }

  /** Shows at once what is asked for; if it was refused, says why and shows again what is true. */
  async #change(room: MyRoom, to: Partial<MyRoom>, ask: () => Promise<unknown>): Promise<boolean> {
    this.all = this.all?.map((one) => (one.code === room.code ? { ...one, ...to } : one)) ?? null;
    try {
      await ask();
      return true;
    } catch (error) {
      toasts.warn(whatWentWrong(error));
      await this.look();
      return false;
    }
  }
}

/** Tells whether a room is meant by what was typed: every word of it is in the title or the code. */
export function fits({ title, code }: Pick<MyRoom, 'title' | 'code'>, filter: string): boolean {
  const text = `${title} ${code}`.normalize('NFKC').toLocaleLowerCase();
  const words = filter.normalize('NFKC').toLocaleLowerCase().split(/\s+/);
  return words.every((word) => text.includes(word));
}

/** Tells whether a role may rename a room: the owner, and hosts. */
export function mayRename({ role, archived }: MyRoom): boolean {
  return atLeast(role, 'host') && !archived;
}

/** Tells whether a role may copy a room and take it along: the owner, and hosts. */
export function mayCarry({ role }: MyRoom): boolean {
  return atLeast(role, 'host');
}

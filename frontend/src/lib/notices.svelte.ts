import { ask, post } from './net/api';

/** What a person can want to hear of a room, by the names on the wire. */
export const LEVELS = ['all', 'mentions', 'none'] as const;
export type Level = (typeof LEVELS)[number];

/** Something that calls this person. */
export interface Notice {
  id: number;
  /** The code of its room, and its title. */
  room: string;
  where: string;
  /** The activity, its kind and title. */
  in: string;
  kind: string;
  title?: string;
  /** Its place in the activity, as search names it. */
  key: string;
  why: 'direct' | 'mention' | 'reply' | 'here' | 'said';
  text: string;
  name: string;
  colour: number;
  at: number;
  read?: boolean;
}

interface Answer {
  unread: number;
  notices: Notice[];
}

/** In a crowd that was called together not everybody looks in the same moment: ms for each person. */
const SPREAD = 3;
const SPREAD_MOST = 10_000;
/** What somebody reads is told after so long, together with what they read next, ms. */
const TOGETHER = 300;

/** Where a notice leads. */
export function pathOf({ room, in: id, key }: Notice): string {
  return `/r/${room}#${new URLSearchParams({ in: id, at: key })}`;
}

/** What calls this person, in all their rooms. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  /** Null until the server has told it. */
  known = $state(false);
  readonly unread: readonly Notice[] = $derived(this.list.filter(({ read }) => !read));

  #asked: Promise<void> | null = null;
  #again = false;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #reading = new Set<number>();
  #tells: ReturnType<typeof setTimeout> | undefined;

  /** How many wait in an activity of a room. */
  in(room: string, activity: string): number {
    return this.unread.filter((notice) => notice.room === room && notice.in === activity).length;
  }

  /** Asks the server. Without it the list stays as it is. */
  async look(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#again = this.#asked !== null;
    this.#asked ??= this.#look().finally(() => {
      this.#asked = null;
      if (this.#again) void this.look();
    });
    return this.#asked;
  }

  /** Asks in a moment that is another for each of so many people. */
  soon(people: number): void {
    const wait = Math.random() * Math.min(SPREAD_MOST, people * SPREAD);
    this.#soon ??= setTimeout(() => void this.look(), wait);
  }

  /** This person has a place of an activity before their eyes. */
  seen(room: string, activity: string, key: string): void {
    if (document.visibilityState !== 'visible') return;
    this.read(
      this.unread.filter((notice) => notice.room === room && notice.in === activity && notice.key === key),
    );
  }

  /** These are read, here at once and soon everywhere. */
  read(some: readonly Notice[]): void {
    const ids = new Set(some.filter(({ read }) => !read).map(({ id }) => id));
    if (ids.size === 0) return;
    this.list = this.list.map((notice) => (ids.has(notice.id) ? { ...notice, read: true } : notice));
    for (const id of ids) this.#reading.add(id);
    this.#tells ??= setTimeout(() => void this.#tell(), TOGETHER);
  }

  async #look(): Promise<void> {
    try {
      const { notices } = await ask<Answer>('/api/notices');
      this.list = notices.map((notice) =>
        this.#reading.has(notice.id) ? { ...notice, read: true } : notice,
      );
      this.known = true;
    } catch {
      // What is there stays; the next look brings the rest.
    }
  }

  async #tell(): Promise<void> {
    this.#tells = undefined;
    const ids = [...this.#reading];
    try {
      await ask('/api/notices/read', { ...post({ ids }), keepalive: true });
    } catch {
      // They are new again with the next look.
    }
    for (const id of ids) this.#reading.delete(id);
  }
}

export const notices = new Notices();

/** Hours in which nothing rings: minutes of the day. */
export interface Quiet {
  from: number;
  to: number;
  zone: string;
}

/** What this person has decided. Rooms that are not in it are at "mentions". */
export interface Settings {
  rooms: { room: string; level: Level }[];
  quiet?: Quiet;
  /** They are mailed what they have not read; left out if they cannot be. */
  mail?: boolean;
  /** The server's own key, for pushes. */
  key: string;
}

export function settings(): Promise<Settings> {
  return ask('/api/notices/settings');
}

export function setQuiet(quiet: Quiet | null): Promise<unknown> {
  return ask('/api/notices/quiet', post({ quiet }));
}

export function setMail(mail: boolean): Promise<unknown> {
  return ask('/api/notices/mail', post({ mail }));
}

export function setLevel(room: string, level: Level): Promise<unknown> {
  return ask('/api/notices/level', post({ room, level }));
}

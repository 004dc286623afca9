/** How the worker answers a request: not at all, from what it keeps, or with the page if nobody else does. */
export type Way = 'network' | 'asset' | 'page';

/** As much of a request as decides. */
export interface Asked {
  method: string;
  mode: string;
  url: string;
}

/** What a build left for its worker. `entry` is the script of the page; paths are absolute. */
export interface Built {
  version: string;
  entry: string;
  /** What the start page and a room need. */
  shell: readonly string[];
  /** Everything else that a page may load later. */
  rest: readonly string[];
}

/** Nothing of the API and no voting page is ever kept or answered here: what counts comes from the server. */
export function wayOf({ method, mode, url }: Asked, origin: string): Way {
  const to = new URL(url);
  if (method !== 'GET' || to.origin !== origin) return 'network';
  if (to.pathname.startsWith('/assets/')) return 'asset';
  const ours = to.pathname === '/' || to.pathname.startsWith('/r/');
  return mode === 'navigate' && ours ? 'page' : 'network';
}

/** Whether the kept page is better than this answer: a proxy says 502 while the server starts again. */
export function failed(status: number): boolean {
  return status >= 500;
}

const PREFIX = 'plenum-';

/** The name of what a version keeps. */
export function cacheOf(version: string): string {
  return PREFIX + version;
}

/** Of all caches, oldest first, those nobody needs. The one before stays: tabs from before the upgrade use it. */
export function spent(names: readonly string[], version: string): string[] {
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== cacheOf(version));
  return others.slice(0, -1);
}

/** Whether a worker that waits may take over: a page of its own version asks, so somebody has reloaded. */
export function mayTake(message: unknown, built: Built): boolean {
  return (message as { take?: unknown } | null)?.take === built.entry;
}

/** What a push says: see docs/protocol.md. */
export interface Told {
  id: number;
  title: string;
  body: string;
  to: string;
  tag: string;
  at: number;
}

/** Reads a push; null if it is none of ours. It leads nowhere but to rooms. */
export function toldBy(content: unknown): Told | null {
  const { id, title, body, to, tag, at } = (content ?? {}) as Partial<Told>;
  const texts = [title, body, to, tag].every((text) => typeof text === 'string');
  if (!texts || typeof id !== 'number' || typeof at !== 'number' || !title) return null;
  return /^\/r\/[A-Za-z0-9]{6}#/.test(to ?? '') ? (content as Told) : null;
}

/** Of the windows that are open, the one that is brought up: one in the room, else any. */
export function windowFor<T extends { url: string }>(windows: readonly T[], to: string): T | undefined {
  const path = to.split('#')[0];
  return windows.find(({ url }) => new URL(url).pathname === path) ?? windows[0];
}

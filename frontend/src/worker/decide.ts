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

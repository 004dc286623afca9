import * as api from './api';
import { deviceClock } from './clock';
import { Marks } from './marks';
import type { RoomListener } from './options';
import { Room } from './room';
import { Store } from './store';

/** Opens a room in this page of a browser. `member` is who the person is in it, if known. Never rejects. */
export function openRoom(code: string, member: string | null, listener: RoomListener): Promise<Room> {
  const url = new URL(`/api/rooms/${encodeURIComponent(code)}/socket`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return Room.open({
    code,
    member,
    build: buildOfPage(),
    url: url.href,
    WebSocket,
    clock: deviceClock,
    random: Math.random,
    store: new Store(indexedDB, deviceClock),
    marks: new Marks(words('sessionStorage'), words('localStorage')),
    api,
    listener,
    follow: followPage,
    report: (error) => reportError(error), // the function refuses to be called as a method
  });
}

/** The server writes it into the app's page; a page kept on the device may be older than the server. */
function buildOfPage(): string | null {
  const build = document.querySelector<HTMLMetaElement>('meta[name=build]')?.content ?? '';
  return build === '' || build.startsWith('__') ? null : build; // a page that no server sent says __BUILD__
}

/** A page sleeps, wakes and goes away; the room must know. */
export function followPage(room: Pick<Room, 'wake' | 'leave'>): () => void {
  const ears = new AbortController();
  const on = (target: EventTarget, name: string, call: () => void): void =>
    target.addEventListener(name, call, { signal: ears.signal });
  // Either way the network is another: a new try tells at once whether the server is still there.
  for (const change of ['online', 'offline']) on(window, change, () => room.wake(true));
  on(window, 'pageshow', () => room.wake(false));
  on(document, 'visibilitychange', () => document.visibilityState === 'visible' && room.wake(false));
  on(window, 'pagehide', () => room.leave());
  return () => ears.abort();
}

/** Where the person forbids storage, reading the property throws. */
function words(name: 'sessionStorage' | 'localStorage'): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}

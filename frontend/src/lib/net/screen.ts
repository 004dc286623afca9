import { ask, ApiError, getView, post, type AboutRoom } from './api';
import { roomPath } from './path';
import { followPage } from './browser';
import { deviceClock } from './clock';
import type { LeaseOptions } from './lease';
import { Marks } from './marks';
import type { RoomListener } from './options';
import { Room } from './room';

/** What a screen link shows, as the server tells whoever has its key. */
export interface ScreenAbout {
  /** Of the room. */
  title: string;
  /** How one joins, if the link tells it. */
  code?: string;
  activity: string;
  kind: string;
  /** Of the activity. */
  name: string;
}

/** What a screen link is to show, and until when (Unix milliseconds). */
export interface NewScreen {
  activity: string;
  code: boolean;
  until?: number;
}

/** Makes a screen link. Its key is told only this once. */
export function makeScreen(code: string, what: NewScreen): Promise<{ id: string; key: string }> {
  return ask(`${roomPath(code)}/screens`, post(what));
}

/** Where a screen is asked; named reads of what it shows go there as those of a room go to it. */
export function screenPath(key: string): string {
  return `/api/screens/${encodeURIComponent(key)}`;
}

export function aboutScreen(key: string): Promise<ScreenAbout> {
  return ask(screenPath(key));
}

/** A spectator is nobody in the room. */
const NOBODY = { id: '', name: '', colour: 0, role: 'viewer' };

/** Nothing is kept on this device: a frame of another site has no storage. */
const refuse = (): Promise<never> => Promise.reject(new Error('a screen keeps nothing'));
const nowhere: LeaseOptions['store'] = {
  claim: () => Promise.resolve(null),
  recovered: () => Promise.resolve([]),
  dismiss: () => Promise.resolve(),
  release: () => Promise.resolve(),
  write: refuse,
  setAside: refuse,
};

/** Opens a screen: a room in which one can watch what it shows, and nothing else. Never rejects. */
export function openScreen(key: string, about: ScreenAbout, listener: RoomListener): Promise<Room> {
  const path = screenPath(key);
  const url = new URL(`${path}/socket`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return Room.open({
    code: path,
    member: null,
    url: url.href,
    WebSocket,
    clock: deviceClock,
    random: Math.random,
    store: nowhere,
    marks: new Marks(null, null),
    api: {
      aboutRoom: async () => {
        await aboutScreen(key);
        return { member: NOBODY } as AboutRoom;
      },
      postCommand: () => Promise.reject(new ApiError('role', 'This is not yours to do.', 403)),
      getView: () => getView(`${path}/activities/${encodeURIComponent(about.activity)}/view`),
    },
    listener,
    follow: followPage,
    report: (error) => reportError(error),
  });
}

import type { AboutRoom, PostedCommand, ViewAnswer } from './api';
import type { Clock } from './clock';
import type { ConnectionState, Ended, Socket } from './connection';
import type { LeaseOptions } from './lease';
import type { Marks } from './marks';
import type { Here } from './presence';
import type { Member, Refusal } from './protocol';
import type { Room } from './room';
import type { Ballot, Command, Recovered } from './store';

/** What the state line says. */
export interface Line {
  state: ConnectionState;
  /** Why it has ended, in the state "ended". */
  ended: Ended | null;
  /** Commands and ballots that the server has not settled, and changes that wait behind them. */
  unsettled: number;
  /** "lost": what is not settled would not survive a reload. */
  storage: 'ok' | 'lost';
  /** The server is another build than this page: it should be reloaded some time. */
  newVersion: boolean;
}

export interface RoomListener {
  line?(line: Line): void;
  member?(member: Member): void;
  presence?(here: Here): void;
  /** The person's notices are others than before. */
  notices?(): void;
  /** A command or ballot of an activity that is not watched was refused. */
  refused?(refusal: Refusal, asked: Command | Ballot): void;
  /** All work that was not settled and must not be sent any more. It is kept until it is dismissed. */
  recovered?(left: Recovered[]): void;
}

export interface RoomOptions {
  code: string;
  /** Who this person is in the room, if known. */
  member: string | null;
  /** Of which build of the server this page is, if it says so. */
  build?: string | null;
  /** The address of the room's socket. */
  url: string;
  WebSocket: new (url: string) => Socket;
  clock: Clock;
  random: () => number;
  store: LeaseOptions['store'];
  marks: Marks;
  api: {
    aboutRoom(code: string): Promise<AboutRoom>;
    postCommand(code: string, command: PostedCommand, stop: AbortSignal): Promise<unknown>;
    getView(url: string): Promise<ViewAnswer>;
  };
  listener: RoomListener;
  /** Starts to tell the room of the page's sleep, waking and end; returns what stops that. */
  follow(room: Room): () => void;
  /** Hears of errors that listeners throw. */
  report(error: unknown): void;
}

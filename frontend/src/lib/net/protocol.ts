/**
 * The words of the wire, as docs/protocol.md fixes them: what a frame may hold, its limits and the
 * codes a connection is closed with. frame.ts reads frames into these types.
 */

/** The protocol this page speaks. */
export const PROTOCOL = 1;

/** Sizes in bytes, times in milliseconds. */
export const LIMITS = {
  /** A command whose frame is larger goes by POST. */
  socket: 48 * 1024,
  /** No command may be larger. */
  post: 8 * 1024 * 1024,
  /** Commands under way at once. */
  unsettled: 32,
  /** So long without a frame, and the connection is given up. */
  silence: 25_000,
  /** The server beats this often. */
  beat: 10_000,
} as const;

/** Why the server closed the connection. */
export const CLOSE = {
  notText: 1007,
  tooBig: 1009,
  restart: 1012,
  slow: 1013,
  join: 4400,
  token: 4401,
  removed: 4403,
  noRoom: 4404,
  late: 4408,
  replaced: 4409,
  ended: 4410,
  deleted: 4411,
  flood: 4429,
} as const;

/** A name that no room knows as a command: it is refused, changes nothing and so uses up a number. */
export const VOID = 'void';

/** Codes that settle nothing: the same command may be sent again. */
export const WAITS: ReadonlySet<string> = new Set(['busy', 'rate', 'order', 'loading', 'moving']);

export interface Refusal {
  /** A stable code for programs. */
  because: string;
  /** A sentence for people. */
  say: string;
  /** So many ms until it may be asked again, if that is known. */
  after?: number;
}

export interface Member {
  id: string;
  name: string;
  /** 1 to 12, a place in the palette. */
  colour: number;
  role: string;
  /** A host has muted this person. */
  muted?: boolean;
}

/** What a command or signal needs: the least role, the class that a brake stops, and whether it has no n. */
export interface Needs {
  role: string;
  class: string;
  unnumbered: boolean;
}

export interface Kind {
  commands: Map<string, Needs>;
  signals: Map<string, Needs>;
}

/** What happened. `by` and `peer` are '' and `n` is 0 where the room itself or an unnumbered command did it. */
export interface RoomEvent {
  in: string;
  did: string;
  with: unknown;
  by: string;
  peer: string;
  n: number;
  at: number;
  seq: number;
  /** More becomes visible by it than it carries: a fresh view follows. */
  reveals?: boolean;
}

export interface Signal {
  in: string;
  signal: string;
  /** null when it is over. */
  with: unknown;
  by: string;
  peer: string;
  name: string;
  colour: number;
}

/** A passing summary; it replaces the last one with its key. */
export interface Digest {
  in: string;
  key: string;
  through: number;
  with: unknown;
}

/** A person's own part of an activity. */
export interface Mine {
  in: string;
  with: unknown;
  seq: number;
}

export type WatchAnswer =
  | { is: 'same'; seq: number }
  | { is: 'events'; seq: number; events: RoomEvent[] }
  | { is: 'view'; seq: number; kind: string; view: unknown; mine: unknown }
  | { is: 'fetch'; seq: number; kind: string; url: string }
  | { is: 'refused'; refusal: Refusal };

export interface Person extends Member {
  tabs: number;
}

/** A difference, unless `all` is set. */
export interface PresenceChange {
  people: number;
  here: Person[];
  gone: string[];
  all: boolean;
}

export interface Joined {
  build: string;
  epoch: string;
  /** What we were told is not of this log, although the epoch is the same. */
  forked: boolean;
  /** The server's clock. */
  time: number;
  member: Member;
  kinds: Map<string, Kind>;
}

/** The answer to a number (or, for a ballot, n 0 and its ref): settled as refused. */
export interface Refused extends Refusal {
  n: number;
  ref: string;
}

/** Settles nothing: send it again after this many milliseconds. */
export interface Wait extends Refused {
  after: number;
}

export interface Beat {
  seq: number;
  mark: string;
  /** Frames with stored events that were sent on this connection. */
  frames: number;
}

export interface Closing extends Refusal {
  after: number;
}

/** A place in the room's log that this peer was told through. */
export interface Through {
  epoch: string;
  seq: number;
  mark: string;
}

/** One frame from the server. Absent lists are empty. */
export interface ServerFrame {
  joined?: Joined;
  seq?: number;
  mark?: string;
  member?: Member;
  watch: Map<string, WatchAnswer>;
  unwatched: string[];
  events: RoomEvent[];
  done: number[];
  refused?: Refused;
  wait?: Wait;
  mine: Mine[];
  signals: Signal[];
  digests: Digest[];
  presence?: PresenceChange;
  beat?: Beat;
  /** What calls this person is another list than before: it can be asked for. */
  notices?: true;
  closing?: Closing;
}

/** The first frame of a connection. */
export interface JoinFrame {
  join: string;
  protocol: number;
  peer: string;
  next: number;
  epoch?: string;
  seq?: number;
  mark?: string;
  watch: Record<string, number | null>;
}

const ROLES = ['everyone', 'viewer', 'participant', 'editor', 'host', 'owner', 'room', 'nobody'];

/** Tells whether a role reaches another; a role that this page does not know reaches nothing. */
export function reaches(role: string, least: string): boolean {
  const mine = ROLES.indexOf(role);
  const needed = ROLES.indexOf(least);
  return mine >= 0 && needed >= 0 && mine >= needed;
}

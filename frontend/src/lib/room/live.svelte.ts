import { openRoom } from '../net/browser';
import { notices } from '../notices.svelte';
import type { Line } from '../net/options';
import type { Here } from '../net/presence';
import type { Member, Refusal } from '../net/protocol';
import type { Room } from '../net/room';
import type { Command, Ballot, Recovered } from '../net/store';
import type { Outcome } from '../net/outbox';
import {
  applyLobby,
  atLeast,
  NO_STOPS,
  openLobby,
  stoppedClasses,
  stopsFor,
  type AtDoor,
  type Listed,
  type Lobby,
  type Stops,
} from './lobby';

/** One room as a page shows it: the connection, who is here, and what the room holds. */
export class LiveRoom {
  readonly code: string;
  /** Null until the first connection is made. */
  room = $state.raw<Room | null>(null);
  line = $state.raw<Line>({
    state: 'connecting',
    ended: null,
    unsettled: 0,
    storage: 'ok',
    newVersion: false,
  });
  member = $state.raw<Member | null>(null);
  here = $state.raw<Here>({ people: 0, here: [] });
  /** What is shown is from this device: the room has not told anything yet. */
  cold = $state(false);
  /** Null until the room has told it, or this device has. */
  lobby = $state.raw<Lobby | null>(null);
  /** The seq of the last event of the room itself that was heard. */
  heard = $state(0);
  /** Who waits at the door; for hosts. */
  door = $state.raw<AtDoor>({ waiting: 0, first: [], turned: [] });
  /** The person counts as one who cannot follow, as the room has said. */
  lost = $state(false);
  /** Why the room cannot be seen, if so. */
  gone = $state.raw<Refusal | null>(null);
  /** Work that could not be sent and must not be lost; shown until it is dismissed. */
  recovered = $state.raw<readonly Recovered[]>([]);
  /** The last refusal of a command that no activity listens for. */
  refused = $state.raw<Refusal | null>(null);

  readonly host = $derived(this.member !== null && atLeast(this.member.role, 'host'));
  /** The person may change the room now. */
  readonly runs = $derived(this.host && !this.lobby?.archived);
  /** What is in the room and not in the bin. */
  readonly activities: readonly Listed[] = $derived(
    this.lobby?.activities.filter((activity) => !activity.binned) ?? [],
  );
  readonly bin: readonly Listed[] = $derived(
    this.lobby?.activities.filter((activity) => activity.binned) ?? [],
  );

  /** What brakes stop for this person. */
  readonly stops: Stops = $derived(this.lobby && this.member ? stopsFor(this.lobby, this.member) : NO_STOPS);

  #closed = false;
  #opening: Promise<Room> | null = null;

  constructor(code: string) {
    this.code = code;
  }

  /** Connects as the person already is in the room. `kept` is what this device saw last, to begin with. */
  async open(member: Member, kept: Lobby | null = null): Promise<void> {
    this.member = member;
    this.lobby = kept;
    this.cold = kept !== null;
    this.#opening = openRoom(this.code, member.id, {
      line: (line) => {
        this.line = line;
        if (line.state !== 'live') this.lost = false; // who is away does not count
      },
      member: (now) => {
        this.member = now;
        this.#brake();
      },
      presence: (here) => (this.here = here),
      notices: () => notices.soon(this.here.people),
      refused: (refusal: Refusal, _asked: Command | Ballot) => (this.refused = refusal),
      recovered: (left) => (this.recovered = left),
    });
    const room = await this.#opening;
    if (this.#closed) return room.close();
    this.room = room;
    room.watch('lobby', {
      open: (view) => {
        this.gone = null;
        this.cold = false;
        this.lobby = openLobby(view);
        this.#brake();
      },
      event: (event) => {
        if (this.lobby) this.lobby = applyLobby(this.lobby, event, this.member?.role ?? 'viewer');
        this.heard = event.seq;
        this.#brake();
      },
      digest: ({ key, with: content }) => {
        if (key === 'door') this.door = content as AtDoor;
        if (key === 'lost') this.lost = (content as { on: boolean }).on;
      },
      refused: (refusal) => (this.refused = refusal),
      gone: (refusal) => (this.gone = refusal),
    });
  }

  /**
   * Asks the room for something, also while it is being opened: its buttons are there before. The promise is
   * not rejected; a refusal is also in `refused`. Null if the room could not be opened, or is closed.
   */
  async do(name: string, content: unknown): Promise<Outcome | null> {
    const room = this.room ?? (await this.#opening?.catch(() => null));
    return !room || this.#closed ? null : room.send('lobby', name, content);
  }

  /** Tells whether the person may ask the room for something. */
  may(name: string): boolean {
    void this.member; // a new role is a new answer
    return this.room?.may(name) ?? false;
  }

  /** What is stopped is not asked for. */
  #brake(): void {
    this.room?.stop(stoppedClasses(this.stops));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.room?.close();
  }
}

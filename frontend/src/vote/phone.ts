import { gridded, placed, type Asked } from '../activities/poll/question';
import { Seat } from '../activities/poll/seat';
import { aboutRoom, ApiError, enterRoom, type AboutRoom } from '../lib/net/api';
import { openRoom } from '../lib/net/browser';
import { waitAtDoor } from '../lib/net/door';
import type { Line } from '../lib/net/options';
import type { Member, Refusal } from '../lib/net/protocol';
import type { Room } from '../lib/net/room';
import { rememberName, rememberRoom } from '../lib/recent';
import { applyLobby, openLobby, stoppedClasses, stopsFor, type Listed, type Lobby } from '../lib/room/lobby';
import { TAP_PACE } from '../lib/room/pulse';
import { later, type Waiting } from './later';
import { told } from './words';

/** How the phone reaches a room; tests bring their own. */
export const network = { aboutRoom, enterRoom, openRoom, waitAtDoor, later };

/** A phone at a room: at its door, or inside, where it follows what the host has opened. */
export class Phone {
  readonly code: string;
  /** What may be known at the door; null until it is. */
  about: AboutRoom | null = null;
  /** Why the door could not be reached. */
  problem: Refusal | null = null;
  /** Why entering did not work. */
  wrong = '';
  entering = false;
  inside = false;
  /** The person waits until a host lets them in. */
  waits = false;
  line: Line | null = null;
  member: Member | null = null;
  lobby: Lobby | null = null;
  /** Why the room cannot be seen any more. */
  gone: Refusal | null = null;
  /** The person counts as one who cannot follow, as the room has said. */
  lost = false;
  /** The last refusal that nothing else on the screen says. */
  refused: Refusal | null = null;
  /** How the rarer forms are answered, as soon as one of them was asked: the special ones, grids, and places. */
  readonly #special: Waiting;
  readonly #grid: Waiting;
  /** What lies before a vote. */
  readonly #gate: Waiting;
  readonly #place: Waiting;
  /** The person's place at the poll that is on everyone's screen. */
  seat: Seat | null = null;

  readonly #changed: () => void;
  readonly #network: typeof network;
  #room: Room | null = null;
  #at = '';

  constructor(code: string, changed: () => void, reach = network) {
    this.code = code;
    this.#changed = changed;
    this.#network = reach;
    this.#special = reach.later(changed, 'special');
    this.#grid = reach.later(changed, 'grid');
    this.#gate = reach.later(changed, 'gate');
    this.#place = reach.later(changed, 'place');
  }

  /** The part of the page that a question needs, if it needs one. */
  laterFor(asked: Asked | null): Waiting {
    if (this.seat?.gate) return this.#gate;
    if (asked && gridded(asked.kind)) return this.#grid;
    return asked && placed(asked) ? this.#place : this.#special;
  }

  /** What is on everyone's screen, as far as this person may see it. */
  get now(): Listed | null {
    const { activities = [], now = '' } = this.lobby ?? {};
    return activities.find((a) => a.id === now && !a.binned) ?? null;
  }

  get title(): string {
    return this.lobby?.title || this.about?.title || '';
  }

  get offline(): boolean {
    return this.line?.state === 'offline';
  }

  /** Looks at the door, and goes in if this device is known. */
  async look(): Promise<void> {
    this.problem = null;
    this.#changed();
    try {
      this.about = await this.#network.aboutRoom(this.code);
    } catch (error) {
      this.problem = refusal(error);
    }
    if (this.about?.member) await this.#begin(this.about.member);
    else if (this.about?.waiting) this.#wait();
    this.#changed();
  }

  /** Goes in under a name, which this device remembers. `missing` is said when there is none. */
  async enter(name: string, missing: string, passcode = ''): Promise<void> {
    if (this.entering) return;
    this.wrong = name ? '' : missing;
    this.entering = name !== '';
    this.#changed();
    if (!name) return;
    try {
      const { member } = await this.#network.enterRoom(this.code, name, passcode ? { passcode } : {});
      rememberName(name);
      if (member) await this.#begin(member);
      else this.#wait();
    } catch (error) {
      this.wrong = told(refusal(error));
    }
    this.entering = false;
    this.#changed();
  }

  #wait(): void {
    this.waits = true;
    this.#network.waitAtDoor(this.code, (answer) => {
      this.waits = false;
      if ('member' in answer) void this.#begin(answer.member);
      else this.wrong = told(answer);
      this.#changed();
    });
  }

  async #begin(member: Member): Promise<void> {
    this.inside = true;
    this.member = member;
    this.#changed();
    const tell = (change: Partial<Pick<Phone, 'line' | 'member' | 'refused'>>): void => {
      Object.assign(this, change);
      this.#changed();
    };
    const room = await this.#network.openRoom(this.code, member.id, {
      line: (line) => {
        if (line.state !== 'live') this.lost = false; // who is away does not count
        tell({ line });
      },
      member: (now) => {
        this.member = now;
        if (this.lobby) this.#become(this.lobby);
        this.#changed();
      },
      refused: (refused) => tell({ refused }),
    });
    this.#room = room;
    room.watch('lobby', {
      open: (view) => {
        this.gone = null;
        this.#become(openLobby(view));
        rememberRoom({ code: this.code, title: this.title, at: Date.now() });
      },
      event: (event) =>
        this.lobby && this.#become(applyLobby(this.lobby, event, this.member?.role ?? 'viewer')),
      digest: ({ key, with: content }) => {
        if (key === 'lost') this.lost = (content as { on: boolean }).on;
        this.#changed();
      },
      gone: (gone) => {
        this.gone = gone;
        this.#changed();
      },
    });
  }

  /** Tells whether the person may tap something now; offline nothing, it would come too late. */
  taps(name: string): boolean {
    return this.line?.state === 'live' && (this.#room?.may(name) ?? false);
  }

  tap(name: string, content: unknown): void {
    this.#room?.signal('lobby', name, content, TAP_PACE);
  }

  #become(lobby: Lobby): void {
    this.lobby = lobby;
    if (this.member) this.#room?.stop(stoppedClasses(stopsFor(lobby, this.member)));
    this.#follow();
    this.#changed();
  }

  /** Takes a seat at the poll that is now, and leaves the one before. */
  #follow(): void {
    const poll = this.now?.kind === 'poll' ? this.now.id : '';
    if (!this.#room || poll === this.#at) return;
    this.#at = poll;
    this.seat?.close();
    const refused = (why: Refusal): void => {
      this.refused = why;
    };
    this.seat = poll ? new Seat(this.#room, poll, this.#changed, refused) : null;
  }
}

/** What is no refusal is a fault of ours, and must be heard as one. */
function refusal(error: unknown): Refusal {
  if (error instanceof ApiError) return error;
  throw error;
}

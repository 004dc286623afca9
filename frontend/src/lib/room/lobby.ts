import type { Invite } from '../net/api';
import type { Member, RoomEvent } from '../net/protocol';

/** An activity in the room's list. */
export interface Listed {
  id: string;
  kind: string;
  title: string;
  /** The least role that may see it. */
  least: string;
  place: number;
  binned: boolean;
}

/** The room's own state, as a member may see it. `links`, `removed` and `muted` are for hosts. */
export interface Lobby {
  title: string;
  locked: boolean;
  /** Only hosts are in, until one of them opens it again. */
  ended: boolean;
  /** Everybody reads, nobody changes anything. */
  archived: boolean;
  codeRole: string;
  /** The activity that phones show, "" for none. */
  now: string;
  activities: readonly Listed[];
  /** The door asks for a passcode; told to hosts. */
  passcode: boolean;
  links: readonly Link[];
  screens: readonly ScreenLink[];
  removed: readonly { id: string; name: string }[];
  /** Who comes in by the code. */
  door: string;
  /** The classes of commands that are stopped for all but hosts. */
  brakes: readonly string[];
  /** So many seconds between two things said; 0: as one likes. */
  slow: number;
  /** So many days single changes are kept; -1: for ever. */
  keeping: number;
  muted: readonly { id: string; name: string }[];
}

/** An invite link, and how many people it has brought. */
export interface Link extends Invite {
  id: string;
  used?: number;
}

/** A link that shows an activity to whoever has it. */
export interface ScreenLink {
  id: string;
  activity: string;
  /** It tells the join code. */
  code?: boolean;
  /** Unix milliseconds. */
  until?: number;
}

/** Why what a role allows is stopped for a member, by the code of the refusal; '' if it is not. */
export interface Stops {
  write: '' | 'frozen';
  talk: '' | 'quiet' | 'muted';
  vote: '' | 'paused';
  react: '' | 'still' | 'quiet' | 'muted';
  direct: '' | 'no-direct' | 'muted';
  /** So many seconds between two things said; 0: as one likes. */
  slow: number;
  /** The room is archived: everything is stopped, also for hosts. */
  all?: true;
}

/** Who may come in by the code, by the names on the wire. */
export const POLICIES = ['open', 'guests', 'everyone', 'accounts'] as const;

/** Those at the door, as hosts are told: how many wait, the first of them, and who was turned away. */
export interface AtDoor {
  waiting: number;
  first: Names;
  turned: Names;
}

/** The paces of the slow mode that there are, seconds; 0: none. */
export const PACES = [0, 5, 10, 30, 60, 300] as const;

export const NO_STOPS: Stops = { write: '', talk: '', vote: '', react: '', direct: '', slow: 0 };

/** The roles, lowest first. */
export const ROLES = ['viewer', 'participant', 'editor', 'host', 'owner'] as const;

/** Tells whether a role is at least another. */
export function atLeast(role: string, least: string): boolean {
  return ROLES.indexOf(role as (typeof ROLES)[number]) >= ROLES.indexOf(least as (typeof ROLES)[number]);
}

/** The state of a view. */
export function openLobby(view: unknown): Lobby {
  const v = view as Partial<Lobby>;
  return {
    title: v.title ?? '',
    locked: v.locked ?? false,
    ended: v.ended ?? false,
    archived: v.archived ?? false,
    passcode: v.passcode ?? false,
    codeRole: v.codeRole ?? 'participant',
    now: v.now ?? '',
    activities: v.activities ?? [],
    links: v.links ?? [],
    screens: v.screens ?? [],
    removed: v.removed ?? [],
    door: v.door ?? 'open',
    brakes: v.brakes ?? [],
    slow: v.slow ?? 0,
    keeping: v.keeping ?? 30,
    muted: v.muted ?? [],
  };
}

/**
 * What is stopped for a member: in an archived room all, else for hosts nothing, and for others what brakes stop
 * of what they could do.
 */
export function stopsFor({ archived, brakes, slow }: Lobby, { role, muted }: Member): Stops {
  if (archived) return { ...NO_STOPS, all: true };
  if (atLeast(role, 'host')) return NO_STOPS;
  const on = (name: string, least: string): boolean => atLeast(role, least) && brakes.includes(name);
  const mute = muted && atLeast(role, 'participant') ? 'muted' : '';
  const talk = on('talk', 'participant') ? 'quiet' : mute;
  return {
    write: on('write', 'editor') ? 'frozen' : '',
    talk,
    vote: on('vote', 'participant') ? 'paused' : '',
    react: on('react', 'participant') ? 'still' : talk,
    direct: on('direct', 'participant') ? 'no-direct' : mute,
    slow,
  };
}

/** The classes that are stopped, as the room is told them. */
export function stoppedClasses({ slow: _, all, ...classes }: Stops): string[] {
  if (all) return [...Object.keys(classes), 'run'];
  return Object.entries(classes).flatMap(([name, why]) => (why ? [name] : []));
}

/** What the lobby's small events carry. */
interface Change {
  id: string;
  title: string;
  place: number;
  least: string;
  locked: boolean;
  role: string;
  name: string;
  class: string;
  on: boolean;
  seconds: number;
  days: number;
  policy: string;
  used: number;
}

/** Applies an event, as a member of a role sees it. Returns a new state; the old one is unchanged. */
export function applyLobby(before: Lobby, event: RoomEvent, role: string): Lobby {
  const c = event.with as Change;
  switch (event.did) {
    case 'titled':
      return { ...before, title: c.title };
    case 'added':
    case 'shown':
    case 'restored':
      return { ...before, activities: listed(before.activities, event.with as Listed) };
    case 'renamed':
      return change(before, c.id, { title: c.title });
    case 'placed':
      return change(before, c.id, { place: c.place });
    case 'hidden':
      return unfocus(
        atLeast(role, c.least) ? change(before, c.id, { least: c.least }) : without(before, c.id),
        c.id,
      );
    case 'binned':
      return unfocus(
        atLeast(role, 'host') ? change(before, c.id, { binned: true }) : without(before, c.id),
        c.id,
      );
    case 'focused':
      return { ...before, now: c.id };
    case 'locked':
      return { ...before, locked: c.locked };
    case 'codeRole':
      return { ...before, codeRole: c.role };
    case 'linked':
      return { ...before, links: sorted([...before.links, event.with as Link]) };
    case 'used':
      return {
        ...before,
        links: before.links.map((link) => (link.id === c.id ? { ...link, used: c.used } : link)),
      };
    case 'screened':
      return { ...before, screens: sorted([...before.screens, event.with as ScreenLink]) };
    case 'unscreened':
      return { ...before, screens: before.screens.filter(({ id }) => id !== c.id) };
    case 'ended':
      return { ...before, ended: c.on };
    case 'passcode':
      return { ...before, passcode: c.on };
    case 'archived':
      return { ...before, archived: c.on };
    case 'revoked':
      return { ...before, links: before.links.filter((link) => link.id !== c.id) };
    case 'removed':
      return { ...before, removed: named(before.removed, c), muted: unnamed(before.muted, c.id) };
    case 'readmitted':
      return { ...before, removed: unnamed(before.removed, c.id) };
    case 'door':
      return { ...before, door: c.policy };
    case 'braked':
      return {
        ...before,
        brakes: [...before.brakes.filter((b) => b !== c.class), ...(c.on ? [c.class] : [])],
      };
    case 'slowed':
      return { ...before, slow: c.seconds };
    case 'kept':
      return { ...before, keeping: c.days };
    case 'muted':
      return { ...before, muted: c.on ? named(before.muted, c) : unnamed(before.muted, c.id) };
    default:
      return before;
  }
}

/** Places for a list where `moved` stands at `index` among the others: only one place changes. */
export function placeAt(others: readonly Listed[], index: number): number {
  const before = others[index - 1]?.place;
  const after = others[index]?.place;
  if (before === undefined) return (after ?? 1) - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}

function listed(activities: readonly Listed[], entry: Listed): Listed[] {
  return ordered([...activities.filter((a) => a.id !== entry.id), entry]);
}

function change(before: Lobby, id: string, to: Partial<Listed>): Lobby {
  const activities = ordered(before.activities.map((a) => (a.id === id ? { ...a, ...to } : a)));
  return { ...before, activities };
}

function without(before: Lobby, id: string): Lobby {
  return { ...before, activities: before.activities.filter((a) => a.id !== id) };
}

function unfocus(before: Lobby, id: string): Lobby {
  return before.now === id ? { ...before, now: '' } : before;
}

type Names = readonly { id: string; name: string }[];

function named(names: Names, { id, name }: Change): Names {
  return sorted([...unnamed(names, id), { id, name }]);
}

function unnamed(names: Names, id: string): { id: string; name: string }[] {
  return names.filter((member) => member.id !== id);
}

function ordered(activities: Listed[]): Listed[] {
  return activities.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
}

function sorted<T extends { id: string }>(list: T[]): T[] {
  return list.sort((a, b) => (a.id < b.id ? -1 : 1));
}

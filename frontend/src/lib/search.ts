// What the search box asks of the server, and what it remembers on this device.
import { ask } from './net/api';

/** One thing that was found. `marks` are parts of `text`, in UTF-16 units. */
export interface Found {
  /** The kind of the activity, or "activity", "person", "room". */
  type: string;
  /** The code of its room. */
  room: string;
  in?: string;
  kind?: string;
  /** The title of the room. */
  where: string;
  /** The title of the activity. */
  title?: string;
  key?: string;
  text: string;
  marks: readonly (readonly [number, number])[];
  by?: string;
  name?: string;
  colour?: number;
  at?: number;
}

/** What of a query was not searched as it was typed. */
export interface Note {
  because: string;
  say: string;
  at?: string;
}

export interface Answer {
  results: readonly Found[];
  more: boolean;
  notes: readonly Note[];
  /** Not everything is in the index yet. */
  building: boolean;
}

/** The address of a search; room is a code, or "" for all rooms one is in. */
export function searchPath(text: string, room: string, live = false): string {
  const asked = new URLSearchParams({ q: text, zone: String(-new Date().getTimezoneOffset()) });
  if (room) asked.set('room', room);
  return `/api/search${live ? '/live' : ''}?${asked}`;
}

export function search(text: string, room: string, signal: AbortSignal): Promise<Answer> {
  return ask(searchPath(text, room), { signal });
}

/** A part of a text, marked or not. */
export interface Part {
  text: string;
  marked: boolean;
}

/** A text cut at its marks. */
export function parts({ text, marks }: Pick<Found, 'text' | 'marks'>): Part[] {
  const cut: Part[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from > at) cut.push({ text: text.slice(at, from), marked: false });
    cut.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) cut.push({ text: text.slice(at), marked: false });
  return cut;
}

/** Results of one type, as they stand together on the screen. */
export interface Group {
  type: string;
  results: Found[];
}

/** The types in the order of their best result. */
export function grouped(results: readonly Found[]): Group[] {
  const groups = new Map<string, Group>();
  for (const result of results) {
    const group = groups.get(result.type);
    if (group) group.results.push(result);
    else groups.set(result.type, { type: result.type, results: [result] });
  }
  return [...groups.values()];
}

/** Whether a filter stands in a query. */
export function has(text: string, filter: string): boolean {
  return text.toLowerCase().split(/\s+/).includes(filter);
}

/** The query with a filter, or without it if it had it. It ends in a space, so that one can type on. */
export function toggled(text: string, filter: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const others = words.filter((word) => word.toLowerCase() !== filter);
  const left = others.length < words.length ? others : [filter, ...words];
  return left.length > 0 ? `${left.join(' ')} ` : '';
}

const kept = 'plenum.searches';
const most = 8;

/** What was searched for on this device, the last first. */
export function recentSearches(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(kept) ?? '[]');
    return Array.isArray(found) ? found.filter((text) => typeof text === 'string').slice(0, most) : [];
  } catch {
    return []; // no storage, or something else wrote there
  }
}

export function rememberSearch(text: string): void {
  const asked = text.trim();
  if (!asked) return;
  keep([asked, ...recentSearches().filter((other) => other !== asked)].slice(0, most));
}

export function forgetSearches(): void {
  keep([]);
}

function keep(searches: string[]): void {
  try {
    localStorage.setItem(kept, JSON.stringify(searches));
  } catch {
    // A convenience only: without storage the person types it again.
  }
}

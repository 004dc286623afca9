import type { RoomEvent } from '../../../lib/net/protocol';
import { fields, whole } from '../told';

/** Who began a suggestion, and when. What and where it is, the text says. */
export interface Suggestion {
  id: string;
  at: number;
  by: string;
  name: string;
  colour: number;
}

export function readSuggestions(value: unknown): readonly Suggestion[] {
  if (!Array.isArray(value)) return [];
  return value.map((one) => {
    const { id, at, by, name, colour } = fields(one);
    return { id: word(id), at: whole(at), by: word(by), name: word(name), colour: whole(colour) };
  });
}

type Told = Pick<RoomEvent, 'did' | 'with' | 'by' | 'at'>;

/** The known suggestions after an event about them; null if it is about something else. */
export function afterSuggested(before: readonly Suggestion[], event: Told): readonly Suggestion[] | null {
  if (event.did !== 'suggested') return null;
  const { ids, drops, name, colour } = fields(event.with);
  const gone = new Set(list(drops));
  const fresh = list(ids).map((id) => ({
    id: word(id),
    at: event.at,
    by: event.by,
    name: word(name),
    colour: whole(colour),
  }));
  return [...before.filter(({ id }) => !gone.has(id)), ...fresh].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

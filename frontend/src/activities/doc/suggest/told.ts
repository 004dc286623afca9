import type { RoomEvent } from '../../../lib/net/protocol';
import { fields, whole } from '../told';

/** Who began a suggestion, and when. What and where it is, the text says. */
export interface Suggestion {
  id: string;
  at: number;
  by: string;
  name: string;
  colour: number;
  /** While the room decides on it. */
  motion: Motion | null;
}

/** A suggestion before the room: decided when one side has so many votes, or a majority of at least so many. */
export interface Motion {
  by: string;
  at: number;
  needs: 'side' | 'majority';
  votes: number;
  cast: readonly Cast[];
}

/** The vote of a member. */
export interface Cast {
  by: string;
  name: string;
  agree: boolean;
}

/** What the room has made of a suggestion. */
export interface Decision {
  suggestion: string;
  accepted: boolean;
  agree: number;
  disagree: number;
}

export function readSuggestions(value: unknown): readonly Suggestion[] {
  return list(value).map((one) => {
    const { id, at, by, name, colour, motion } = fields(one);
    return {
      id: word(id),
      at: whole(at),
      by: word(by),
      name: word(name),
      colour: whole(colour),
      motion: motion === undefined ? null : readMotion(fields(motion)),
    };
  });
}

function readMotion({ by, at, needs, votes, cast }: Record<string, unknown>): Motion {
  return {
    by: word(by),
    at: whole(at),
    needs: needs === 'majority' ? 'majority' : 'side',
    votes: whole(votes),
    cast: list(cast)
      .map(fields)
      .map((one) => ({ by: word(one['by']), name: word(one['name']), agree: one['agree'] === true })),
  };
}

type Told = Pick<RoomEvent, 'did' | 'with' | 'by' | 'at'>;

/** The known suggestions after an event about them; null if it is about something else. */
export function afterSuggested(before: readonly Suggestion[], event: Told): readonly Suggestion[] | null {
  const { did, by, at } = event;
  if (did === 'suggested') return begun(before, event);
  if (did !== 'put' && did !== 'voted' && did !== 'recalled') return null;
  const { suggestion, needs, votes, agree, name, drops } = fields(event.with);
  return moved(before, suggestion, (motion) => {
    if (did === 'put') return readMotion({ by, at, needs, votes });
    if (did === 'recalled' || !motion) return null;
    const vote = { by, name: word(name), agree: agree === true };
    const cast = motion.cast.filter((one) => !list(drops).includes(one.by));
    const again = cast.some((one) => one.by === by);
    return { ...motion, cast: again ? cast.map((one) => (one.by === by ? vote : one)) : [...cast, vote] };
  });
}

function begun(before: readonly Suggestion[], event: Told): readonly Suggestion[] {
  const { ids, drops, name, colour } = fields(event.with);
  const gone = new Set(list(drops));
  const fresh = list(ids).map((id) => ({
    id: word(id),
    at: event.at,
    by: event.by,
    name: word(name),
    colour: whole(colour),
    motion: null,
  }));
  return [...before.filter(({ id }) => !gone.has(id)), ...fresh].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function moved(
  before: readonly Suggestion[],
  suggestion: unknown,
  to: (motion: Motion | null) => Motion | null,
): readonly Suggestion[] {
  return before.map((one) => (one.id === suggestion ? { ...one, motion: to(one.motion) } : one));
}

/** What the room has decided by a change; null if it has not. */
export function decisionOf(content: unknown): Decision | null {
  const { decided } = fields(content);
  if (decided === undefined || decided === null) return null;
  const { suggestion, accepted, agree, disagree } = fields(decided);
  return {
    suggestion: word(suggestion),
    accepted: accepted === true,
    agree: whole(agree),
    disagree: whole(disagree),
  };
}

/** The known suggestions after one of them was decided. */
export function afterDecision(
  before: readonly Suggestion[],
  { suggestion }: Decision,
): readonly Suggestion[] {
  return moved(before, suggestion, () => null);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

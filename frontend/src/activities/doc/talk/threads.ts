import type { RoomEvent } from '../../../lib/net/protocol';
import type { Mention } from '../../../lib/mentions';
import { fields, whole } from '../told';

/** A conversation about a passage of the text. */
export interface Thread {
  id: number;
  /** How the passage began when the thread did. */
  quote: string;
  /** Who has resolved it; '' if it is open. */
  resolved: string;
  /** At least one; the first began it. */
  comments: readonly Comment[];
}

export interface Comment {
  seq: number;
  at: number;
  by: string;
  name: string;
  colour: number;
  text: string;
  mentions: readonly Mention[];
  edited: boolean;
  /** It was erased; only its place is left. */
  gone: boolean;
}

export function readThreads(value: unknown): readonly Thread[] {
  if (!Array.isArray(value)) return [];
  return value.map((one) => {
    const { id, quote, resolved, comments } = fields(one);
    const list = Array.isArray(comments) ? comments : [];
    return {
      id: whole(id),
      quote: word(quote),
      resolved: word(resolved),
      comments: list.map((comment) => {
        const { seq, at, by, edited, gone, ...said } = fields(comment);
        return {
          ...saidOf(said),
          seq: whole(seq),
          at: whole(at),
          by: word(by),
          edited: edited === true,
          gone: gone === true,
        };
      }),
    };
  });
}

type Told = Pick<RoomEvent, 'did' | 'with' | 'by' | 'at' | 'seq'>;

/** The threads after an event about them; null if it is about something else. */
export function afterTalk(before: readonly Thread[], event: Told): readonly Thread[] | null {
  const did = event.did;
  if (!['commented', 'replied', 'amended', 'erased', 'resolved', 'reopened'].includes(did)) return null;
  const { thread, of, ends, quote, ...said } = fields(event.with);
  const comment: Comment = {
    ...saidOf(said),
    seq: event.seq,
    at: event.at,
    by: event.by,
    edited: false,
    gone: false,
  };
  if (did === 'commented') {
    return [...before, { id: event.seq, quote: word(quote), resolved: '', comments: [comment] }];
  }
  if (did === 'erased' && ends === true) return before.filter(({ id }) => id !== thread);
  return before.map((one) => {
    if (one.id !== thread) return one;
    if (did === 'replied') return { ...one, comments: [...one.comments, comment] };
    if (did === 'resolved' || did === 'reopened') {
      return { ...one, resolved: did === 'resolved' ? event.by : '' };
    }
    const comments = one.comments.map((was) => {
      if (was.seq !== of) return was;
      const { seq, at, by } = was;
      return { ...comment, seq, at, by, edited: did === 'amended', gone: did === 'erased' };
    });
    return { ...one, comments };
  });
}

function saidOf({ text, name, colour, mentions }: Record<string, unknown>) {
  return {
    text: word(text),
    name: word(name),
    colour: typeof colour === 'number' ? colour : 0,
    mentions: Array.isArray(mentions)
      ? mentions.map(fields).map(({ id, name }) => ({ id: word(id), name: word(name) }))
      : [],
  };
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

import type { Digest, RoomEvent } from '../../lib/net/protocol';
import { asksTheSame, places, type Asked, type Counts, type Question } from './question';

/** A poll as a member may see it: hosts the whole deck, everybody else the question on the screens. */
export interface Poll {
  host: boolean;
  /** The question on everybody's screen, "" for none. */
  present: string;
  /** Where it stood in the deck when it was put on the screens, from 1. */
  position: number;
  of: number;
  questions: readonly Asked[];
}

interface Results {
  people: number;
  counts: Counts;
  /** Of a ranking. */
  points?: Counts;
}

type Status = Pick<Asked, 'state' | 'round' | 'opened' | 'closes' | 'shown'>;
type Public = Question & Status & { people: number; results?: Results };
type HostQuestion = Question & Status & Results;

/** The state of a view that is complete through a place in the log. */
export function open(view: unknown, seq: number): Poll {
  const v = view as {
    present: string;
    questions?: HostQuestion[];
    position?: number;
    of?: number;
    question?: Public | null;
  };
  if (!v.questions) return onScreen(v.question ?? null, v.position ?? 0, v.of ?? 0, seq);
  const questions = v.questions.map((q) => ({ ...q, points: q.points ?? null, through: seq }));
  const position = questions.findIndex((question) => question.id === v.present) + 1;
  return { host: true, present: v.present, position, of: questions.length, questions };
}

/** What the small events carry. */
interface Change {
  question: string;
  place: number;
  round: number;
  opened: number;
  closes: number;
  shown: boolean;
  people: number;
  results?: Results;
}

/** Applies an event. Returns a new state; the old one is unchanged. */
export function apply(before: Poll, event: RoomEvent): Poll {
  if (event.with === null) return before; // forgotten
  if (event.did === 'presented') return presentedNow(before, event);
  if (event.did === 'wrote') return wrote(before, (event.with as { question: Question }).question);
  const c = event.with as Change;
  if (event.did === 'dropped')
    return { ...before, questions: before.questions.filter((q) => q.id !== c.question) };
  if (event.did === 'moved') return moved(before, c);
  return change(before, c.question, (q) => changed(before.host, q, event, c));
}

/**
 * Takes a summary. One that is older than what is known, or of another round, changes nothing: bars never
 * step back.
 */
export function digest(before: Poll, d: Pick<Digest, 'key' | 'through' | 'with'>): Poll {
  const told = d.with as Partial<Results> & { round: number; people: number };
  return change(before, d.key, (q) => {
    if (told.round !== q.round || d.through < q.through) return q;
    const may = before.host || q.shown;
    const counts = may ? (told.counts ?? q.counts) : null;
    const points = may ? (told.points ?? q.points ?? null) : null;
    return { ...q, people: told.people, counts, points, through: d.through };
  });
}

/** The question on everybody's screen. */
export function presented(poll: Poll): Asked | null {
  return poll.questions.find((question) => question.id === poll.present) ?? null;
}

function onScreen(question: Public | null, position: number, of: number, seq: number): Poll {
  if (!question) return { host: false, present: '', position: 0, of: 0, questions: [] };
  const { results, ...asked } = question;
  const { counts = null, points = null } = results ?? {};
  const questions = [{ ...asked, counts, points, through: seq }];
  return { host: false, present: question.id, position, of, questions };
}

function presentedNow(before: Poll, event: RoomEvent): Poll {
  const { question, position, of } = event.with as { question: Public | null; position: number; of: number };
  if (!before.host) return onScreen(question, position, of, event.seq);
  return { ...before, present: question?.id ?? '', position, of };
}

function wrote(before: Poll, question: Question): Poll {
  if (!before.questions.some((q) => q.id === question.id)) {
    const status = { state: 'draft', round: 1, opened: 0, closes: 0, shown: false } as const;
    const asked = { ...question, ...status, ...nothing(question), through: 0 };
    return { ...before, questions: [...before.questions, asked] };
  }
  return change(before, question.id, (q) => {
    const votes = asksTheSame(q, question) ? {} : nothing(question);
    return { ...q, ...question, ...votes };
  });
}

function moved(before: Poll, { question, place }: Change): Poll {
  const mover = before.questions.find((q) => q.id === question);
  if (!mover) return before;
  const questions = before.questions.filter((q) => q !== mover);
  questions.splice(place, 0, mover);
  return { ...before, questions };
}

/** One question after an event about it. Votes in an event are complete through it. */
function changed(host: boolean, q: Asked, event: RoomEvent, c: Change): Asked {
  const votes = c.results ? { ...c.results, through: event.seq } : {};
  const hidden = host ? {} : { counts: null, points: null };
  switch (event.did) {
    case 'opened': {
      const { opened, closes, shown } = c;
      return { ...q, state: 'open', opened, closes, shown, ...(shown ? {} : hidden), ...votes };
    }
    case 'extended':
      return { ...q, closes: c.closes };
    case 'closed': {
      const { closes, people, shown } = c;
      return { ...q, state: 'closed', closes, people, shown, ...(shown ? {} : hidden), ...votes };
    }
    case 'revealed':
      return { ...q, shown: true, ...votes };
    case 'hidden':
      return { ...q, shown: false, ...hidden };
    case 'again': {
      const fresh = { state: 'draft', opened: 0, closes: 0, shown: false } as const;
      return { ...q, ...fresh, ...nothing(q), ...hidden, round: c.round, through: event.seq };
    }
    default:
      return q;
  }
}

/** The results before anybody has voted. */
function nothing(question: Question): { people: number; counts: Counts; points: Counts | null } {
  const counts = Object.fromEntries(places(question).map((place) => [place, 0]));
  return { people: 0, counts, points: question.kind === 'ranking' ? counts : null };
}

function change(before: Poll, id: string, to: (question: Asked) => Asked): Poll {
  return { ...before, questions: before.questions.map((q) => (q.id === id ? to(q) : q)) };
}

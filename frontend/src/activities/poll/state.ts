import type { Digest, RoomEvent } from '../../lib/net/protocol';
import type { Answers } from './answers';
import { gameAfter, type Game, type Key, type Teams } from './quiz/game';
import { asksTheSame, places, special, type Asked, type Counts, type Question } from './question';

/** A poll as a member may see it: hosts the whole deck, everybody else the question on the screens. */
export interface Poll {
  host: boolean;
  /** The question on everybody's screen, "" for none. */
  present: string;
  /** Where it stood in the deck when it was put on the screens, from 1. */
  position: number;
  of: number;
  questions: readonly Asked[];
  /** Null if it is no quiz, and no leader board is shown. */
  quiz: Game | null;
  /** Who may vote: everybody in the room (""), who has a code, or who is signed in. */
  strength: Strength;
  /** For hosts: how many codes there are, and how many were used. */
  codes?: { made: number; used: number } | undefined;
}

export type Strength = '' | 'code' | 'account';

interface Results {
  people: number;
  counts: Counts;
  /** Of a ranking, or points given. */
  points?: Counts;
  /** Of a special form; never in events. */
  answers?: Answers;
  /** Of a secret question: how many people's votes these are. */
  counted?: number;
}

type Status = Pick<Asked, 'state' | 'round' | 'opened' | 'closes' | 'shown' | 'held' | 'lost'>;
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
    quiz?: Game;
    strength?: Strength;
    codes?: Poll['codes'];
  };
  const { quiz = null, strength = '', codes } = v;
  if (!v.questions) return onScreen(v.question ?? null, v.position ?? 0, v.of ?? 0, seq, quiz, strength);
  const questions = v.questions.map((q) => ({
    ...q,
    points: q.points ?? null,
    answers: q.answers ?? null,
    through: seq,
  }));
  const position = questions.findIndex((question) => question.id === v.present) + 1;
  return { host: true, present: v.present, position, of: questions.length, questions, quiz, strength, codes };
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
  held?: number;
  results?: Results;
  key?: Key | null;
}

/** Applies an event. Returns a new state; the old one is unchanged. */
export function apply(before: Poll, event: RoomEvent): Poll {
  if (event.with === null) return before; // forgotten
  if (['ruled', 'ranked', 'allowed', 'teams'].includes(event.did))
    return { ...before, quiz: gameAfter(before.quiz, before.host, event) };
  if (event.did === 'strength') return { ...before, ...(event.with as { strength: Strength }) };
  if (['issued', 'cancelled'].includes(event.did))
    return { ...before, codes: { used: 0, ...before.codes, ...(event.with as { made: number }) } };
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
  const teams = before.quiz?.teams;
  if (d.key === '.teams' && teams)
    return {
      ...before,
      quiz: { ...before.quiz, teams: { ...teams, ...(d.with as Pick<Teams, 'sizes'>) } } as Game,
    };
  if (d.key === '.codes') return { ...before, codes: d.with as Poll['codes'] };
  const told = d.with as Partial<Results> & { round: number; people: number };
  return change(before, d.key, (q) => {
    if (told.round !== q.round || d.through < q.through) return q;
    const may = before.host || q.shown;
    const counts = may ? (told.counts ?? q.counts) : null;
    const points = may ? (told.points ?? q.points ?? null) : null;
    const answers = may ? (told.answers ?? q.answers ?? null) : null;
    const counted = may ? told.counted : undefined;
    return { ...q, people: told.people, counts, points, answers, counted, through: d.through };
  });
}

/** The question on everybody's screen. */
export function presented(poll: Poll): Asked | null {
  return poll.questions.find((question) => question.id === poll.present) ?? null;
}

function onScreen(
  question: Public | null,
  position: number,
  of: number,
  seq: number,
  quiz: Game | null,
  strength: Strength,
): Poll {
  if (!question) return { host: false, present: '', position: 0, of: 0, questions: [], quiz, strength };
  const { results, ...asked } = question;
  const { counts = null, points = null, answers = null, counted } = results ?? {};
  const questions = [{ ...asked, counts, points, answers, counted, through: seq }];
  return { host: false, present: question.id, position, of, questions, quiz, strength };
}

function presentedNow(before: Poll, event: RoomEvent): Poll {
  const { question, position, of } = event.with as { question: Public | null; position: number; of: number };
  const quiz = gameAfter(before.quiz, before.host, event); // the leader board goes
  if (!before.host) return onScreen(question, position, of, event.seq, quiz, before.strength);
  return { ...before, quiz, present: question?.id ?? '', position, of };
}

function wrote(before: Poll, question: Question): Poll {
  if (!before.questions.some((q) => q.id === question.id)) {
    const status = { state: 'draft', round: 1, opened: 0, closes: 0, shown: false } as const;
    const asked = { ...question, ...status, ...nothing(question), through: 0 };
    return { ...before, questions: [...before.questions, asked] };
  }
  return change(before, question.id, (q) => {
    const votes = asksTheSame(q, question) ? {} : nothing(question);
    // The true value and the key come with events of their own.
    const { truth, key } = q;
    const kept = { ...(truth === undefined ? {} : { truth }), ...(key ? { key } : {}) };
    return { ...bare(q), ...question, ...votes, ...kept };
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
  const votes = c.results ? { counted: undefined, ...c.results, through: event.seq } : {};
  const hidden = host ? {} : { counts: null, points: null, answers: null, counted: undefined };
  if (!host && ['opened', 'revealed', 'hidden', 'again'].includes(event.did)) q = withKey(q, c.key);
  switch (event.did) {
    case 'opened': {
      const { opened, closes, shown } = c;
      return { ...q, state: 'open', opened, closes, shown, ...(shown ? {} : hidden), ...votes };
    }
    case 'extended':
      return { ...q, closes: c.closes };
    case 'closed': {
      const { closes, people, shown, held } = c;
      const closed = { state: 'closed', closes, people, shown, held } as const;
      return { ...q, ...closed, ...(shown ? {} : hidden), ...votes };
    }
    case 'lost':
      return { ...q, lost: true };
    case 'revealed':
      return { ...q, shown: true, ...votes };
    case 'truth':
      return host ? withTruth(q, (event.with as { truth: number | null }).truth) : q;
    case 'keyed':
      return withKey(q, c.key);
    case 'hidden':
      return { ...q, shown: false, ...hidden };
    case 'again': {
      const fresh = { state: 'draft', opened: 0, closes: 0, shown: false } as const;
      return {
        ...q,
        ...fresh,
        held: undefined,
        lost: undefined,
        ...nothing(q),
        ...hidden,
        round: c.round,
        through: event.seq,
      };
    }
    default:
      return q;
  }
}

/** The results before anybody has voted. */
type Nothing = Pick<Asked, 'people' | 'counts' | 'points' | 'answers' | 'counted'>;

function nothing(question: Question): Nothing {
  const counts = Object.fromEntries(places(question).map((place) => [place, 0]));
  const points = question.kind === 'ranking' || question.kind === 'points' ? counts : null;
  return { people: 0, counts, points, answers: noAnswers(question), counted: question.secrecy && 0 };
}

/** The answers of a special form before there are any. */
function noAnswers({ kind }: Question): Answers | null {
  return (special(kind) && kind !== 'points') || kind === 'pins' ? {} : null;
}

function withTruth({ truth: _, ...q }: Asked, truth: number | null): Asked {
  return truth === null ? q : { ...q, truth };
}

function withKey({ key: _, ...q }: Asked, key: Key | null | undefined): Asked {
  return key ? { ...q, key } : q;
}

/** What was asked before goes, also what the new question does not have. */
function bare(q: Asked): Asked {
  const { seats: _, method, ties, review, min, max, decimals, unit, total, worth, secrecy, few, ...more } = q;
  const { zone, columns, several, x, y, picture, text, ...rest } = more;
  void [method, ties, review, min, max, decimals, unit, total, worth, secrecy, few, zone, columns, several];
  void [x, y, picture, text];
  return rest;
}

function change(before: Poll, id: string, to: (question: Asked) => Asked): Poll {
  return { ...before, questions: before.questions.map((q) => (q.id === id ? to(q) : q)) };
}

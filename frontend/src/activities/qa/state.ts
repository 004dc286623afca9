import type { Digest, RoomEvent } from '../../lib/net/protocol';

/** Where a question stands; '' is what its asker is told when it was withdrawn. */
export type Standing = '' | 'queued' | 'shown' | 'answered' | 'dismissed' | 'merged';

/** A question, as it is told. */
export interface Question {
  id: number;
  text: string;
  /** As the asker was called then; '' if asked without a name. */
  name: string;
  colour: number;
  at: number;
  state: Standing;
  /** Before it was dismissed or merged. */
  was: Standing;
  pinned: boolean;
  edited: boolean;
  answer: string;
  reason: string;
  /** What it was put together with. */
  into: number;
}

/** A question with how many people want it answered, counted through a place in the log. */
export interface Counted extends Question {
  people: number;
  through: number;
}

/** The questions as a member may see them, oldest first. */
export interface Qa {
  moderated: boolean;
  closed: boolean;
  /** The question that is being answered; 0 for none. */
  now: number;
  questions: readonly Counted[];
}

/** A person's own part: what they asked, newest first, and the turn of their vote for each question. */
export interface Own {
  questions: readonly Question[];
  votes: Readonly<Record<string, number>>;
}

/** The state of a view that is complete through a place in the log. */
export function open(view: unknown, seq: number): Qa {
  const { moderated, closed, now, questions } = view as Qa;
  return { moderated, closed, now, questions: questions.map((q) => counted(q, seq)) };
}

/** Applies an event. Returns a new state; the old one is unchanged. */
export function apply(before: Qa, event: RoomEvent): Qa {
  if (event.with === null) return before; // forgotten
  const c = event.with as { question: Counted | number };
  switch (event.did) {
    case 'set':
      return { ...before, ...(event.with as Pick<Qa, 'moderated' | 'closed'>) };
    case 'taken':
      return { ...before, now: c.question as number };
    case 'gone':
    case 'withdrawn':
      return { ...before, questions: before.questions.filter((q) => q.id !== c.question) };
    case 'asked':
    case 'yours':
    case 'nothing':
      return before; // the person's own part: see applyOwn
  }
  if (typeof c.question !== 'object') return before;
  const told = counted(c.question, event.seq);
  const others = before.questions.filter((q) => q.id !== told.id);
  return { ...before, questions: [...others, told].sort((a, b) => a.id - b.id) };
}

/** Takes counts. Those that are older than what is known change nothing: numbers never step back. */
export function digest(before: Qa, d: Pick<Digest, 'through' | 'with'>): Qa {
  const { people } = d.with as { people: Record<string, number> };
  const questions = before.questions.map((q) => {
    const now = people[q.id];
    if (now === undefined || d.through < q.through) return q;
    return { ...q, people: now, through: d.through };
  });
  return { ...before, questions };
}

export function openOwn(mine: unknown): Own {
  const { questions, votes } = mine as Own;
  return { questions: questions.map(plain), votes };
}

/** What an event says of the person's own part: above all those that are told to them alone. */
export function applyOwn(before: Own, event: RoomEvent): Own {
  if (event.with === null) return before;
  if (event.did === 'gone') {
    const { question, into } = event.with as { question: number; into?: number };
    return { ...before, votes: united(before.votes, question, into ?? 0) };
  }
  if (event.did !== 'asked' && event.did !== 'yours') return before;
  const told = plain((event.with as { question: Question }).question);
  const others = before.questions.filter((q) => q.id !== told.id);
  const questions = told.state === '' ? others : [...others, told].sort((a, b) => b.id - a.id);
  // Who asks is counted from the beginning.
  const votes = event.did === 'asked' ? { ...before.votes, [told.id]: 1 } : before.votes;
  return { questions, votes: united(votes, told.id, told.into) };
}

/** Who voted for a question that was put together with another has voted for that. */
function united(votes: Own['votes'], from: number, into: number): Own['votes'] {
  const has = votes[into] ?? 0;
  if (into === 0 || has % 2 === 1 || (votes[from] ?? 0) % 2 === 0) return votes;
  return { ...votes, [into]: has + 1 };
}

/** What is not said is not so. */
function plain(q: Question): Question {
  const none = {
    name: '',
    colour: 0,
    was: '',
    pinned: false,
    edited: false,
    answer: '',
    reason: '',
    into: 0,
  };
  return { ...none, ...q } as Question;
}

function counted(q: Counted, through: number): Counted {
  return { ...plain(q), people: q.people, through };
}

import type { Refusal } from '../../lib/net/protocol';
import type { Asked, Counts } from './question';

/** What somebody chose, wrote or gave. No options: the vote is withdrawn. */
export type Answer =
  | { options: readonly string[] }
  | { score: number }
  | { texts: readonly string[] }
  | { number: number }
  | { points: Counts }
  | { rows: Rows }
  | { places: Places }
  | { pins: readonly (readonly [number, number])[] };

/** What was chosen of a grid: columns by row, without rows that were left out. */
export type Rows = Readonly<Record<string, readonly string[]>>;

/** Where items are placed between two axes. */
export type Places = Readonly<Record<string, readonly [number, number]>>;

/** A vote in one round of a question. The voter's highest turn counts. */
export type Ballot = Answer & { round: number; turn: number };

/** A vote cast on this device, and what became of it. */
export type Cast = Ballot & {
  /** When it was counted, the server's clock in ms; 0 if it is not known to be. */
  at: number;
  /** Why it does not count. */
  refused: Refusal | null;
  /** By which only this device knows an anonymous vote. */
  slip?: string;
};

/** Votes by question. */
export type Ballots = Readonly<Record<string, Ballot>>;
export type Casts = Readonly<Record<string, Cast>>;

/** Where a person stands with a question. `counted` is what counts when something newer does not. */
export type Standing =
  | { is: 'none' }
  | { is: 'kept' | 'sent'; answer: Answer }
  | { is: 'counted'; answer: Answer; at: number }
  | { is: 'refused'; answer: Answer; refusal: Refusal | null; counted: Answer | null };

/** A person's own part of a poll, as the server tells it. */
export function ballotsOf(mine: unknown): Ballots {
  return (mine as { ballots?: Ballots } | null)?.ballots ?? {};
}

/** A new name for an anonymous vote that nobody can guess. */
export function newSlip(): string {
  return String(crypto.getRandomValues(new BigUint64Array(1))[0]).padStart(20, '0');
}

/** The turn of the next vote: above all that was cast here, and all that was counted. */
export function nextTurn(question: Asked, ballots: Ballots, casts: Casts): number {
  const turns = [ballots[question.id], casts[question.id]].map((b) =>
    b?.round === question.round ? b.turn : 0,
  );
  return Math.max(...turns) + 1;
}

/** Tells whether a person's own part shows that a vote, or a later one instead of it, is counted. */
export function covers(mine: unknown, content: unknown): boolean {
  const { question, round, turn } = content as { question: string; round: number; turn: number };
  const counted = ballotsOf(mine)[question];
  return counted !== undefined && counted.round === round && counted.turn >= turn;
}

/** The chosen options or step, as they are named in the counts; or the texts, the number, what got points, cells. */
export function chosen(answer: Answer): readonly string[] {
  if ('options' in answer) return answer.options;
  if ('score' in answer) return [String(answer.score)];
  if ('texts' in answer) return answer.texts;
  if ('number' in answer) return [String(answer.number)];
  if ('rows' in answer)
    return Object.entries(answer.rows).flatMap(([row, columns]) => columns.map((id) => `${row}/${id}`));
  if ('places' in answer) return Object.entries(answer.places).map(([id, at]) => `${id} ${at}`);
  if ('pins' in answer) return answer.pins.map(String);
  return Object.keys(answer.points).filter((id) => (answer.points[id] ?? 0) > 0);
}

/** The answer alone, of a vote. */
export function answerOf(vote: Answer): Answer {
  if ('score' in vote) return { score: vote.score };
  if ('texts' in vote) return { texts: vote.texts };
  if ('number' in vote) return { number: vote.number };
  if ('points' in vote) return { points: vote.points };
  if ('rows' in vote) return { rows: vote.rows };
  if ('places' in vote) return { places: vote.places };
  if ('pins' in vote) return { pins: vote.pins };
  return { options: vote.options };
}

/** Tells whether two answers choose the same; in order, if the question asks for one. */
export function sameAnswer(one: Answer, other: Answer, ordered = false): boolean {
  const text = (answer: Answer): string => {
    const parts = chosen(answer).map((id) => ('points' in answer ? `${id} ${answer.points[id]}` : id));
    return JSON.stringify(ordered ? parts : parts.sort());
  };
  return text(one) === text(other);
}

/**
 * Where somebody stands. `mark` tells where a vote is that is under way. One that was cast here, is not
 * under way and is not counted was refused, even if nobody was there to hear why.
 */
export function standing(
  question: Asked,
  ballots: Ballots,
  casts: Casts,
  mark: 'kept' | 'sent' | null,
): Standing {
  const inRound = <B extends Ballot>(b: B | undefined): B | null => (b?.round === question.round ? b : null);
  const counted = inRound(ballots[question.id]);
  const cast = inRound(casts[question.id]);
  if (!cast || (counted && counted.turn >= cast.turn)) {
    if (!counted) return { is: 'none' };
    return { is: 'counted', answer: counted, at: cast?.turn === counted.turn ? cast.at : 0 };
  }
  if (mark) return { is: mark, answer: cast };
  // Of anonymous votes nobody is told after the close, not even their voters.
  const forgotten = question.secrecy === 'anonymous' && question.state === 'closed';
  if (forgotten && cast.at > 0) return { is: 'counted', answer: cast, at: cast.at };
  return { is: 'refused', answer: cast, refusal: cast.refused, counted };
}

import type { BallotMark } from '../../../src/lib/net/ballots';
import type { Outcome, Sent } from '../../../src/lib/net/outbox';
import type { Refusal, RoomEvent } from '../../../src/lib/net/protocol';
import type { ActivityListener } from '../../../src/lib/net/watches';
import type { Ballot } from '../../../src/activities/poll/ballot';
import type { Question } from '../../../src/activities/poll/question';
import type { PollRoom } from '../../../src/activities/poll/seat';

/** A question as the server tells it. */
export function question(over: Partial<Question> = {}): Question {
  const options = ['The lake', 'The old town', 'At home'].map((text, i) => ({ id: `o${i + 1}`, text }));
  const scale = { from: 0, to: 0, low: '', high: '' };
  const rest = { least: 1, most: 1, show: 'live', seconds: 0 } as const;
  return { id: 'q1', kind: 'single', prompt: 'Where to?', options, ...scale, ...rest, ...over };
}

export function rating(over: Partial<Question> = {}): Question {
  return question({ kind: 'rating', options: [], from: 1, to: 5, low: 'bad', high: 'good', ...over });
}

/** What everybody sees of a question. */
export function publicly(q: Question, status: object = {}): object {
  return { ...q, state: 'open', round: 1, opened: 1000, closes: 0, shown: false, people: 0, ...status };
}

/** An audience's view with a question on the screens. */
export function view(shown: object | null): object {
  return { present: shown ? 'q1' : '', position: shown ? 1 : 0, of: shown ? 2 : 0, question: shown };
}

export function event(did: string, content: object, seq: number): RoomEvent {
  return { in: 'poll-1', did, with: content, by: 'm1', peer: '', n: 0, at: seq * 1000, seq };
}

type Cast = { question: string; round: number; turn: number; options?: string[]; score?: number };

/** The room's side of a seat, in memory: it keeps and sends ballots, and counts or refuses when a test says so. */
export class Table implements PollRoom {
  readonly code = 'K7TQ2M';
  listener!: ActivityListener;
  now = 5000;
  role = 'participant';
  paused = false;
  casts: Cast[] = [];
  asked: { in: string; do: string; with: unknown }[] = [];
  answer: Outcome = { is: 'done', n: 1, event: null };
  mine: Record<string, Ballot> = {};
  records = new Map<string, unknown>();
  marks = new Map<string, 'kept' | 'sent'>();
  watching = true;

  watch(_: string, listener: ActivityListener): void {
    this.listener = listener;
  }
  unwatch(): void {
    this.watching = false;
  }
  may(first: string, second?: string): boolean {
    const name = second ?? first;
    return name === 'vote' ? this.role !== 'viewer' : this.role === 'host';
  }
  stopped(): boolean {
    return this.paused;
  }
  serverTime(): number {
    return this.now;
  }
  send(activity: string, name: string, content: unknown): Sent {
    this.asked.push({ in: activity, do: name, with: content });
    return Object.assign(Promise.resolve(this.answer), { n: this.asked.length });
  }
  cast(_: string, __: string, content: unknown, key: string): void {
    this.casts.push(structuredClone(content) as Cast);
    this.#mark(key, 'kept');
  }
  ballot(_: string, key: string): 'kept' | 'sent' | null {
    return this.marks.get(key) ?? null;
  }
  record(activity: string): unknown {
    return this.records.get(activity);
  }
  keep(activity: string, record: unknown): void {
    this.records.set(activity, structuredClone(record));
  }

  open(shown: object | null, seq = 1): void {
    this.listener.open(view(shown), { ballots: { ...this.mine } }, seq, 'poll');
  }
  happen(did: string, content: object, seq: number): void {
    this.listener.event(event(did, content, seq));
  }
  sent(key = 'q1'): void {
    this.#mark(key, 'sent');
  }
  /** The newest cast is counted, as the server answers it: with the person's own part. */
  count(instead?: Ballot): void {
    const cast = this.casts.at(-1) as Cast;
    const { question: id, ...ballot } = cast;
    this.mine[id] = instead ?? (ballot as Ballot);
    const mine = { ballots: { ...this.mine } };
    this.listener.mine?.(mine);
    if (!this.listener.covers?.(mine, cast)) throw new Error('the answer does not cover what was cast');
    this.marks.delete(id);
    this.listener.ballot?.(id, 'counted', null);
  }
  refuse(refusal: Refusal): void {
    const cast = this.casts.at(-1) as Cast;
    this.marks.delete(cast.question);
    this.listener.ballot?.(cast.question, 'refused', refusal);
    const asked = { key: '', ref: 'r1', in: 'poll-1', do: 'vote', with: JSON.stringify(cast) };
    this.listener.refused?.(refusal, asked);
  }

  #mark(key: string, mark: 'kept' | 'sent'): void {
    this.marks.set(key, mark);
    this.listener.ballot?.(key, mark as BallotMark, null);
  }
}

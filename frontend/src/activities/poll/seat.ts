import type { BallotMark } from '../../lib/net/ballots';
import type { Sent } from '../../lib/net/outbox';
import type { Refusal } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import {
  answerOf,
  ballotsOf,
  chosen,
  covers,
  newSlip,
  nextTurn,
  sameAnswer,
  standing,
  type Answer,
  type Ballots,
  type Cast,
  type Casts,
  type Standing,
} from './ballot';
import { count, countable, type Result } from './outcome/counted';
import type { Asked } from './question';
import { closesFor, type Gain, type Own, type Score, type Teams } from './quiz/game';
import { apply, digest, open, presented, type Poll, type Strength } from './state';

/** How the server is asked to count a ranking; tests bring their own. */
export const counting = {
  count,
  spread: (people: number): number => Math.random() * Math.min(5000, 2 * people),
};

/** What of a room a poll uses. */
export type PollRoom = Pick<
  Room,
  | 'code'
  | 'watch'
  | 'unwatch'
  | 'send'
  | 'cast'
  | 'ballot'
  | 'keep'
  | 'record'
  | 'may'
  | 'stopped'
  | 'serverTime'
>;

/** A person's place at a poll: what is to be seen there, and the person's votes until they are counted. */
export class Seat {
  readonly #room: PollRoom;
  readonly #id: string;
  readonly #changed: () => void;
  #poll: Poll | null = null;
  #gone: Refusal | null = null;
  #ballots: Ballots = {};
  #own: Own = {};
  /** The person may vote, as the server has said. */
  #entitled = false;
  /** Since when, by this device's clock, the person can answer what is on the screens. */
  #since = { of: '', at: 0 };
  #casts: Casts = {};
  /** How the ranking on the screens was decided. */
  #decided: { of: string; result: Result | null } = { of: '', result: null };
  /** Options chosen by hand that are too few for a vote. */
  #few: { in: string; options: readonly string[] } | null = null;
  /** What is being put together by hand, and is no vote yet. */
  #draft: { in: string; draft: unknown } | null = null;

  /** `changed` is called whenever something else is to be seen, `refused` when a host's command was refused. */
  constructor(room: PollRoom, id: string, changed: () => void, refused: (why: Refusal) => void) {
    this.#room = room;
    this.#id = id;
    this.#changed = changed;
    this.#casts = this.#recorded();
    room.watch(id, {
      open: (view, mine, seq) => this.#become(open(view, seq), mine),
      event: (event) => {
        if (event.did === 'allowed' && this.#poll?.host === false)
          this.#own = { ...this.#own, more: (event.with as { more: number }).more };
        if (event.did === 'redeemed') this.#entitled = true;
        if (event.did === 'teamed')
          this.#own = { ...this.#own, team: (event.with as { team: number }).team + 1 };
        if (event.did === 'teams' && (this.#own.team ?? 0) > (event.with as Teams).teams.length)
          this.#own = { ...this.#own, team: 0 };
        this.#become(this.#poll && apply(this.#poll, event));
      },
      digest: (d) => this.#become(this.#poll && digest(this.#poll, d)),
      mine: (mine) => this.#become(this.#poll, mine),
      covers,
      ballot: (question, mark, refusal) => this.#marked(question, mark, refusal),
      refused: (refusal, asked) => 'ref' in asked || refused(refusal),
      moved: () => {
        this.#casts = this.#recorded();
        changed();
      },
      gone: (refusal) => {
        this.#gone = refusal;
        changed();
      },
    });
  }

  /** The room's code. */
  get code(): string {
    return this.#room.code;
  }

  /** Null until the room has told it. */
  get poll(): Poll | null {
    return this.#poll;
  }

  /** Why the poll cannot be seen, if so. */
  get gone(): Refusal | null {
    return this.#gone;
  }

  /** The question on everybody's screen. */
  get present(): Asked | null {
    return this.#poll && presented(this.#poll);
  }

  /** How the ranking on the screens was decided, as soon as that is known; null for every other question. */
  get decided(): Result | null {
    return this.#decided.result;
  }

  /** What is the person's own. */
  get own(): Own {
    return this.#own;
  }

  /** How the person stands in the quiz; null without a place. */
  get score(): Score | null {
    return this.#own.score ?? null;
  }

  /** What the person got for a question, as soon as that is told. */
  gain({ id, round }: Asked): Gain | null {
    const own = this.#own.ballots?.[id];
    return own?.round === round ? (own.gain ?? null) : null;
  }

  /** The person's time in percent, if it is more than that of others; 0: it is not, -1: without end. */
  get more(): number {
    return this.#own.more ?? 0;
  }

  /** When a question closes for this person; 0: never. */
  closes(question: Asked): number {
    return question.state === 'open' ? closesFor(question, this.more) : question.closes;
  }

  /** What the person has to show before they can vote on what is on the screens; "" for nothing. */
  get gate(): Strength | 'team' {
    const { strength = '', quiz } = this.#poll ?? {};
    if (quiz?.teams && !this.#own.team && this.may('vote')) return 'team';
    const passed = this.#entitled || this.#own.right || this.present?.state !== 'open' || !this.may('vote');
    return passed ? '' : strength;
  }

  /** The person has shown it. */
  entitle(): void {
    this.#entitled = true;
    this.#changed();
  }

  /** The server has answered with what is the person's own. */
  take(mine: unknown): void {
    this.#become(this.#poll, mine);
  }

  /** Something else is to be seen that only its viewer knows of. */
  look(): void {
    this.#changed();
  }

  /** The room's code, and which of its activities this is. */
  get at(): [code: string, id: string] {
    return [this.#room.code, this.#id];
  }

  /** The server's clock. */
  now(): number {
    return this.#room.serverTime();
  }

  /** Tells whether the person may vote, or give a host's command. */
  may(name: string): boolean {
    return this.#room.may(this.#id, name);
  }

  /** A host has paused voting. */
  get paused(): boolean {
    return this.#room.stopped('vote');
  }

  /** Where this person stands with a question. */
  standing(question: Asked): Standing {
    const mark = this.#room.ballot(this.#id, question.id);
    return standing(question, this.#ballots, this.#casts, mark);
  }

  /** What this person has chosen, also when it is too little for a vote. A refused choice is none. */
  picked(question: Asked): readonly string[] {
    if (this.#few?.in === roundOf(question)) return this.#few.options;
    const at = this.standing(question);
    if (at.is === 'none') return [];
    if (at.is !== 'refused') return chosen(at.answer);
    return at.counted ? chosen(at.counted) : [];
  }

  /** Chooses options: a vote as soon as they are enough, a vote taken back when there are none. */
  pick(question: Asked, options: readonly string[]): void {
    const few = options.length > 0 && options.length < question.least;
    this.#few = few ? { in: roundOf(question), options } : null;
    const nothing = options.length === 0 && this.standing(question).is === 'none';
    if (few || nothing) this.#changed();
    else this.vote(question, { options });
  }

  /** What was noted of a question in this state, by the field that answers it. */
  noted<T>(question: Asked): T | null {
    return this.#draft?.in === roundOf(question) ? (this.#draft.draft as T) : null;
  }

  /** Notes what is being put together, until the question is closed or asked again. */
  note(question: Asked, draft: unknown): void {
    this.#draft = { in: roundOf(question), draft };
    this.#changed();
  }

  /** Votes. It is kept on this device until it is counted or refused; a later one takes its place. */
  vote(question: Asked, answer: Answer): void {
    const { id, round, secrecy } = question;
    this.#draft = null;
    const turn = nextTurn(question, this.#ballots, this.#casts);
    const slip = secrecy === 'anonymous' ? { slip: newSlip() } : {};
    this.#remember(id, { ...answer, ...slip, round, turn, at: 0, refused: null });
    const took = question.worth ? { took: Math.max(0, Math.round(Date.now() - this.#since.at)) } : {};
    this.#room.cast(this.#id, 'vote', { question: id, round, turn, ...slip, ...answer, ...took }, id);
    this.#changed();
  }

  /** Gives a host's command. The promise is not rejected. */
  ask(name: string, content: unknown): Sent {
    return this.#room.send(this.#id, name, content);
  }

  /** Brings this poll to everybody's screen, if the person may. */
  focus(): void {
    if (this.#room.may('focus')) void this.#room.send('lobby', 'focus', { id: this.#id });
  }

  close(): void {
    this.#room.unwatch(this.#id);
  }

  #become(poll: Poll | null, mine?: unknown): void {
    this.#poll = poll;
    this.#decide();
    if (mine !== undefined) {
      this.#own = (mine ?? {}) as Own;
      this.#ballots = ballotsOf(mine);
    }
    const asked = this.present;
    const of = asked?.state === 'open' ? `${asked.id} ${asked.opened}` : '';
    if (of !== this.#since.of)
      this.#since = { of, at: Date.now() + Math.max(0, (asked?.opened ?? 0) - this.now()) };
    this.#gone = null;
    this.#changed();
  }

  /**
   * Asks how a ranking was decided when everybody may know. A crowd does not ask at once: after a time
   * that grows with its size. Hosts see it on their desk.
   */
  #decide(): void {
    const asked = this.present;
    const may = asked !== null && !this.#poll?.host && countable(asked, false);
    const of = may ? JSON.stringify([asked.id, asked.round, asked.opened, asked.closes]) : '';
    if (of === this.#decided.of) return;
    this.#decided = { of, result: null };
    if (!may) return;
    setTimeout(() => {
      if (this.#decided.of !== of) return;
      counting.count(this.#room.code, this.#id, asked, false).then(
        ({ results }) => {
          if (this.#decided.of !== of) return;
          this.#decided = { of, result: results[0] ?? null };
          this.#changed();
        },
        // Hidden again meanwhile, or not reached: the bars say what there is, and the next change asks anew.
        () => {
          if (this.#decided.of === of) this.#decided = { of: '', result: null };
        },
      );
    }, counting.spread(asked.people));
  }

  /** What this tab's queue remembers of votes, also from before a reload. */
  #recorded(): Casts {
    return (this.#room.record(this.#id) as { casts?: Casts } | undefined)?.casts ?? {};
  }

  #remember(question: string, cast: Cast): void {
    this.#casts = { ...this.#casts, [question]: cast };
    this.#room.keep(this.#id, { casts: this.#casts });
  }

  #marked(question: string, mark: BallotMark, refusal: Refusal | null): void {
    const cast = this.#casts[question];
    if (cast && mark === 'refused') this.#remember(question, { ...cast, refused: refusal });
    if (cast && mark === 'counted') this.#counted(question, cast);
    this.#changed();
  }

  /** Another device of this person may have used the same turn for something else: here is the later wish. */
  #counted(question: string, cast: Cast): void {
    const counted = this.#ballots[question];
    const asked = this.#poll?.questions.find((q) => q.id === question);
    const ordered = asked?.kind === 'ranking';
    const other = counted?.turn === cast.turn && !sameAnswer(counted, cast, ordered);
    this.#remember(question, { ...cast, at: this.#room.serverTime() });
    if (!other || asked?.state !== 'open') return;
    this.vote(asked, answerOf(cast));
  }
}

/** Choices by hand are forgotten when the question is closed or asked again. */
function roundOf(question: Asked): string {
  return `${question.id} ${question.round} ${question.state}`;
}

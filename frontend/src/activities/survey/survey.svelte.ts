import type { Outcome } from '../../lib/net/outbox';
import type { Refusal } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import { NO_STOPS, type Stops } from '../../lib/room/lobby';
import { valuesOf, type Values } from './answers';
import { progress, type Progress } from './path';
import { apply, applyOwn, digest, open, openOwn, type Answers, type Own, type Survey } from './state';

/** What of the room a survey needs. */
export type SurveyRoom = Pick<
  Room,
  'code' | 'watch' | 'unwatch' | 'may' | 'send' | 'unsettled' | 'record' | 'keep'
>;

const NOTHING: Own = { at: '', sent: 0, changed: false, answers: {} };

/** What this tab keeps of pages that were filled in and not saved, also when it is loaded anew. */
type Kept = Readonly<Record<string, Values>>;

/** A survey as a panel shows it. */
export class LiveSurvey {
  readonly #room: SurveyRoom;
  readonly id: string;
  /** Null until the room has told it. */
  survey = $state.raw<Survey | null>(null);
  own = $state.raw<Own>(NOTHING);
  /** How far the person has come, also with what the server does not have yet. */
  progress = $state.raw<Progress>({ ...NOTHING, pending: false, sending: false });
  gone = $state.raw<Refusal | null>(null);
  refused = $state.raw<Refusal | null>(null);
  stops = $state.raw<Stops>(NO_STOPS);

  constructor(room: SurveyRoom, id: string) {
    this.#room = room;
    this.id = id;
    room.watch(id, {
      open: (view, mine) => {
        this.gone = null;
        this.survey = open(view);
        this.own = openOwn(mine);
        this.#waits();
      },
      event: (event) => {
        if (!this.survey) return;
        this.own = applyOwn(this.own, this.survey, event);
        this.survey = apply(this.survey, event);
        this.#waits();
      },
      digest: (d) => {
        if (this.survey) this.survey = digest(this.survey, d);
      },
      settled: () => this.#waits(),
      refused: (refusal, asked) => {
        this.refused = refusal;
        this.#back(asked.with);
        this.#waits();
      },
      moved: () => this.#waits(),
      gone: (refusal) => (this.gone = refusal),
    });
    this.#waits();
  }

  get code(): string {
    return this.#room.code;
  }

  get host(): boolean {
    void this.survey; // another role comes with another view
    return this.#room.may(this.id, 'write');
  }

  get mayAnswer(): boolean {
    void this.survey;
    void this.stops;
    return this.#room.may(this.id, 'save');
  }

  /** Gives a command. The promise is not rejected; a refusal is also in `refused`. */
  async ask(name: string, content: object = {}): Promise<Outcome> {
    const outcome = this.#room.send(this.id, name, content);
    this.#waits();
    return outcome;
  }

  /** Keeps the answers to a page and goes on: to another page, to the next, or with "send" out of the survey. */
  answer(page: string, answers: Answers, to: string, send = false): Promise<Outcome> {
    const { [page]: _, ...others } = this.#kept();
    this.#room.keep(this.id, others);
    return this.ask(send ? 'send' : 'save', { page, answers, ...(to ? { to } : {}) });
  }

  /** What was filled in on a page and not saved. */
  kept(page: string): Values | null {
    return this.#kept()[page] ?? null;
  }

  /** Keeps what is being filled in on this device. */
  keep(page: string, values: Values): void {
    this.#room.keep(this.id, { ...this.#kept(), [page]: values });
  }

  close(): void {
    this.#room.unwatch(this.id);
  }

  #kept(): Kept {
    return (this.#room.record(this.id) as Kept | undefined) ?? {};
  }

  /** The answers of what was refused go back to where they were filled in. */
  #back(content: string): void {
    const { page: id, answers } = JSON.parse(content) as { page?: unknown; answers?: Answers };
    const page = this.survey?.pages.find((p) => p.id === id);
    if (page && answers) this.keep(page.id, valuesOf(page, answers));
  }

  #waits(): void {
    if (this.survey) this.progress = progress(this.survey, this.own, this.#room.unsettled(this.id));
  }
}

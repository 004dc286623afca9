import { ApiError, type ViewAnswer } from './api';
import { backoff, type Clock } from './clock';
import { WAITS } from './protocol';
import type { Digest, Mine, Refusal, RoomEvent, Signal, WatchAnswer } from './protocol';
import type { BallotMark } from './ballots';
import type { Outcome } from './outbox';
import type { Ballot, Command } from './store';

/** What an activity's state hears, in this order: `open`, then events with rising seq, each once. */
export interface ActivityListener {
  /** Start afresh from this view: nothing that was told before counts any more. */
  open(view: unknown, mine: unknown, seq: number, kind: string): void;
  event(event: RoomEvent): void;
  /** The person's own part, as it is now. */
  mine?(mine: unknown): void;
  digest?(digest: Digest): void;
  signal?(signal: Signal): void;
  /** A numbered command of this tab's queue was settled, also one from before a reload. */
  settled?(command: Command, outcome: Outcome): void;
  /** A command or ballot was refused. */
  refused?(refusal: Refusal, asked: Command | Ballot): void;
  /** Tells whether the person's own part shows that a ballot with this content is counted. */
  covers?(mine: unknown, content: unknown): boolean;
  ballot?(key: string, mark: BallotMark, refusal: Refusal | null): void;
  /** This tab has another queue now: its unsettled work and its record are those of `room.record`. */
  moved?(): void;
  /** The activity cannot be seen, or not any more. May be told again after a reconnect. */
  gone(refusal: Refusal): void;
}

export interface WatchesOptions {
  clock: Clock;
  random: () => number;
  /** Asks for a view of an activity on the live connection; without one it says false. */
  ask(activity: string): boolean;
  getView(url: string): Promise<ViewAnswer>;
  /** Every event that arrives, before it is known whether it is news. */
  heard(event: RoomEvent): void;
  /** The person's own part of an activity has come. */
  mine(activity: string, mine: unknown): void;
  /** A listener threw: nothing else suffers from it, but somebody must hear of it. */
  report(error: unknown): void;
}

interface Watch {
  id: string;
  listener: ActivityListener;
  /** new: not asked for. asked: an answer is due. fetching: a big view is on its way. */
  state: 'new' | 'asked' | 'fetching' | 'open' | 'gone';
  /** The listener has a state that resuming can build on. */
  based: boolean;
  kind: string;
  /** Of the newest event or view that the listener has. */
  seq: number;
  /** Nothing that we may see through here is missing. */
  told: number;
  mineSeq: number;
  /** What came before the answer did. */
  held: (() => void)[];
  /** Ends what is under way for the present answer. */
  stop: () => void;
}

const BROKEN: Refusal = { because: 'broken', say: 'This part of the room cannot be shown.' };

/** The activities this peer hears. Nothing is told twice, nothing skipped; any doubt asks for a view. */
export class Watches {
  readonly #o: WatchesOptions;
  readonly #all = new Map<string, Watch>();

  constructor(o: WatchesOptions) {
    this.#o = o;
  }

  add(id: string, listener: ActivityListener): void {
    this.#all.get(id)?.stop();
    const watch: Watch = {
      id,
      listener,
      state: 'new',
      based: false,
      kind: '',
      seq: 0,
      told: 0,
      mineSeq: 0,
      held: [],
      stop: () => undefined,
    };
    this.#all.set(id, watch);
    this.#ask(watch);
  }

  remove(id: string): void {
    this.#all.get(id)?.stop();
    this.#all.delete(id);
  }

  kind(id: string): string {
    return this.#all.get(id)?.kind ?? '';
  }

  /** Calls a listener; false if the activity is not watched. */
  tell(id: string, call: (listener: ActivityListener) => void): boolean {
    const watch = this.#all.get(id);
    if (watch) this.#safely(() => call(watch.listener));
    return watch !== undefined;
  }

  /**
   * What a join asks for: the seq through which each activity is known, or null. Never beyond what the
   * peer was told through, which is all that the server can check; a view may be ahead of that.
   */
  join(through: number): Record<string, number | null> {
    for (const watch of this.#all.values()) this.#reset(watch, 'asked');
    return Object.fromEntries(
      [...this.#all.values()].map((w) => [w.id, w.based ? Math.min(w.told, through) : null]),
    );
  }

  /** A connection is live: what came after its join was written is asked for now. */
  begin(): void {
    for (const watch of this.#all.values()) if (watch.state === 'new') this.#ask(watch);
  }

  /** This tab has another queue: nothing that is known counts any more, the next join asks for views. */
  forget(): void {
    for (const watch of [...this.#all.values()]) {
      watch.based = false;
      this.#reset(watch, 'new');
      this.tell(watch.id, (l) => l.moved?.());
    }
  }

  /** The server wants a question again after a while, and does not say which. */
  wait(after: number): void {
    for (const watch of this.#all.values()) if (watch.state === 'asked') this.#askLater(watch, after);
  }

  /** What is shown stays, but nothing can be built on it: without a fresh view the next join asks for one. */
  doubtAll(): void {
    for (const watch of this.#all.values()) watch.based = false;
  }

  answer(id: string, answer: WatchAnswer): void {
    const watch = this.#all.get(id);
    if (answer.is === 'events') answer.events.forEach((e) => this.#o.heard(e));
    if (!watch) return;
    switch (answer.is) {
      case 'refused':
        if (WAITS.has(answer.refusal.because)) return this.#askLater(watch, backoff(2, this.#o.random));
        return this.gone(id, answer.refusal);
      case 'view':
        return this.#open(watch, answer, answer.kind);
      case 'fetch':
        return this.#fetch(watch, answer, 0);
      default:
        if (!watch.based) return this.#doubt(watch);
        this.#resume(watch, answer.is === 'events' ? answer.events : [], answer.seq);
    }
  }

  gone(id: string, refusal: Refusal): void {
    const watch = this.#all.get(id);
    if (!watch) return;
    this.#reset(watch, 'gone');
    watch.based = false;
    this.tell(id, (l) => l.gone(refusal));
  }

  event(event: RoomEvent): void {
    this.#o.heard(event);
    this.#news(event);
  }

  mine(mine: Mine): void {
    this.#whenOpen(mine.in, (watch) => {
      if (mine.seq < watch.mineSeq) return;
      watch.mineSeq = mine.seq;
      this.#hear(watch, (l) => l.mine?.(mine.with));
      this.#o.mine(mine.in, mine.with);
    });
  }

  digest(digest: Digest): void {
    this.#whenOpen(digest.in, (watch) => this.#hear(watch, (l) => l.digest?.(digest)));
  }

  signal(signal: Signal): void {
    this.#whenOpen(signal.in, (watch) => this.#hear(watch, (l) => l.signal?.(signal)));
  }

  /** A frame has told everything we may see through here. */
  through(seq: number): void {
    for (const watch of this.#all.values()) {
      if (watch.state === 'open') watch.told = Math.max(watch.told, seq);
    }
  }

  #news(event: RoomEvent): void {
    this.#whenOpen(event.in, (watch) => {
      if (event.seq <= watch.seq) return;
      watch.seq = event.seq;
      watch.told = Math.max(watch.told, event.seq);
      this.#hear(watch, (l) => l.event(event));
      if (event.reveals) watch.based = false; // a connection that breaks before the view comes asks for it
    });
  }

  #resume(watch: Watch, missed: RoomEvent[], seq: number): void {
    const held = watch.held;
    this.#reset(watch, 'open');
    for (const event of missed) this.#news(event);
    watch.told = Math.max(watch.told, seq);
    for (const tell of held) tell();
  }

  #open(watch: Watch, view: ViewAnswer, kind: string): void {
    const held = watch.held;
    this.#reset(watch, 'open');
    Object.assign(watch, { based: true, kind, seq: view.seq, told: view.seq, mineSeq: view.seq });
    const opened = this.#safely(() => watch.listener.open(view.view, view.mine, view.seq, kind));
    if (!opened) return this.gone(watch.id, BROKEN);
    this.#o.mine(watch.id, view.mine);
    for (const tell of held) tell();
  }

  #fetch(watch: Watch, answer: { seq: number; kind: string; url: string }, tries: number): void {
    const held = tries > 0 || watch.state === 'asked' ? watch.held : [];
    this.#reset(watch, 'fetching');
    watch.based = false;
    watch.held = held;
    let current = true;
    watch.stop = () => (current = false);
    const failed = (error: unknown): void => {
      if (!current) return;
      // A refusal may mean that the reference is out of date: a new question tells.
      const again = error instanceof ApiError && error.status >= 400 && error.status < 500;
      const wait = backoff(tries + 1, this.#o.random);
      watch.stop = this.#o.clock.after(wait, () =>
        again ? this.#doubt(watch) : this.#fetch(watch, answer, tries + 1),
      );
    };
    this.#o.getView(answer.url).then((view) => {
      if (!current) return;
      if (view.seq < answer.seq) return failed(null); // older than what we were promised
      this.#open(watch, view, answer.kind);
    }, failed);
  }

  #doubt(watch: Watch): void {
    watch.based = false;
    this.#ask(watch);
  }

  #askLater(watch: Watch, after: number): void {
    watch.stop();
    watch.stop = this.#o.clock.after(after, () => this.#doubt(watch));
  }

  #ask(watch: Watch): void {
    this.#reset(watch, this.#o.ask(watch.id) ? 'asked' : 'new');
  }

  #reset(watch: Watch, state: Watch['state']): void {
    watch.stop();
    watch.stop = () => undefined;
    watch.held = [];
    watch.state = state;
  }

  #whenOpen(id: string, tell: (watch: Watch) => void): void {
    const watch = this.#all.get(id);
    if (watch?.state === 'open') tell(watch);
    else if (watch && watch.state !== 'gone') watch.held.push(() => this.#whenOpen(id, tell));
  }

  /** A state that could not take an event is out of step: it starts afresh. */
  #hear(watch: Watch, call: (listener: ActivityListener) => void): void {
    if (!this.#safely(() => call(watch.listener)) && watch.state === 'open') this.#doubt(watch);
  }

  #safely(call: () => void): boolean {
    try {
      call();
      return true;
    } catch (error) {
      this.#o.report(error);
      return false;
    }
  }
}

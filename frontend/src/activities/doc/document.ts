import { DUE, hash, same, synced, type Delta, type Selected } from '../../lib/delta';
import type { Outcome } from '../../lib/net/outbox';
import type { Refusal, RoomEvent, Signal } from '../../lib/net/protocol';
import type { Mention } from '../../lib/mentions';
import type { Command } from '../../lib/net/store';
import type { ActivityListener } from '../../lib/net/watches';
import { Beside } from './beside';
import { catchUp } from './catchup';
import { Copy, type Shift } from './copy';
import { whoOf, type Caret } from './cursors';
import { Drafts } from './drafts';
import { Keeping } from './keeping';
import type { Span } from './lines';
import type { DocumentOptions } from './options';
import { Pointing } from './pointing';
import type { Screen } from './screen';
import { changeOf, changes, Sending } from './sending';
import { Shelving } from './shelving';
import { readChanged, readView, type Step } from './told';

/**
 * One document between the room, this device's storage and a screen. It lives on until everything is saved.
 * Whatever does not add up ends in the server's word; what the person wrote then becomes a draft.
 */
export class LiveDocument implements ActivityListener {
  /** "kept": only what this device has is known, and the server was not reached yet. */
  phase: 'loading' | 'kept' | 'open' | 'gone' = 'loading';
  refusal: Refusal | null = null;
  readonly drafts = new Drafts();
  readonly beside: Beside;
  readonly keeping: Keeping;

  readonly #o: DocumentOptions;
  readonly #shelving: Shelving;
  #screen: Screen | null = null;
  #copy: Copy | null = null;
  /** Something was shown, which differs from the next view in some places only. */
  #shown: Delta | null = null;
  /** What was told while catching up is under way; null if nothing is. */
  #missed: RoomEvent[] | null = null;
  /** The number under way, once it is known to be done; its event is still to come. */
  #done = 0;
  readonly #sending: Sending;
  readonly #whole = () => (this.phase === 'open' && !this.#missed ? this.#copy : null);
  readonly #pointing: Pointing;

  constructor(o: DocumentOptions) {
    this.#o = o;
    this.keeping = new Keeping(o.room, o.id);
    this.#shelving = new Shelving(o);
    this.#pointing = new Pointing(o.room, o.id);
    this.#sending = new Sending(o.room, o.id);
    this.beside = new Beside(o.room, o.id);
    this.#load();
    o.room.watch(o.id, this);
  }

  /** What the person sees; null until there is something. */
  get text(): Delta | null {
    return this.#copy?.text ?? null;
  }

  get carets(): Caret[] {
    return this.#copy?.cursors.list ?? [];
  }

  /** What the server has, as far as it is known here; null as long as nothing is. */
  get base(): Delta | null {
    return this.#copy?.base ?? null;
  }

  get writable(): boolean {
    const { room, id } = this.#o;
    if (this.#copy === null) return false;
    if (this.phase === 'kept') return this.#shelving.writable;
    return this.phase === 'open' && room.may(id, 'change');
  }

  attach(screen: Screen): void {
    this.#screen = screen;
    if (this.text) screen.show(this.text);
    screen.changed();
  }

  /** Nobody looks any more. What is not saved goes on. */
  detach(): void {
    this.#screen = null;
    this.#pointing.leave();
    this.#rest();
  }

  /** Stops to hear of the document. */
  close(): void {
    this.#missed = null;
    this.#shelving.flush();
    this.#o.room.unwatch(this.#o.id);
  }

  /** The person changed the text. Throws if the change does not fit it, and then nothing happened. */
  edit(change: Delta, selected: Selected | null): void {
    if (!this.#copy) throw new Error('the document is not open');
    if (change.length === 0) return;
    const waits = this.#copy.client.is === 'waitingMore';
    const step = this.#copy.edit(change, selected, this.#o.clock.now());
    this.beside.move(change);
    this.#edited(step && waits);
  }

  /** Takes the person's last step back, or does it again; returns what to select, or null for nothing. */
  again(way: 'undo' | 'redo'): Selected | null {
    const waits = this.#copy?.client.is === 'waitingMore';
    const step = this.#copy?.again(way, this.#pointing.selected);
    if (!step) return null;
    this.#shift(step);
    this.#edited(waits);
    return step.selected;
  }

  /** The newest revision that is known here. */
  get rev(): number {
    return this.#copy?.client.rev ?? 0;
  }

  /** Makes the text what it was at a revision, by a change of the person's. False if it is the same. */
  restore(content: Delta, rev: number): boolean {
    const change = this.writable ? this.#copy?.towards(content) : null;
    if (!change) return false;
    // With other changes on their way it goes with them, and is not told apart from them.
    if (this.#copy?.client.is === 'synced' && rev <= this.rev) this.#sending.restores = rev;
    this.make(change);
    return true;
  }

  /** Makes a change that was not made in an editor, as a step of its own: suggestions are settled. */
  make(change: Delta): void {
    const waits = this.#copy?.client.is === 'waitingMore';
    const shift = this.#copy?.make(change, this.#pointing.selected, this.#o.clock.now());
    if (shift) this.#shift(shift);
    this.#edited(waits);
  }

  /** The person's next change is a step of its own. */
  pause(): void {
    this.#copy?.history.pause();
  }

  /** Where the person is in the text. `byHand`: they went there; else the text has moved under them. */
  select(selected: Selected, byHand: boolean): void {
    this.#pointing.select(selected, byHand);
    this.#pointing.tell(this.#whole()?.client);
  }

  /** Something does not add up: what is pending becomes a draft, and the document is fetched anew. */
  doubt(): void {
    const copy = this.#copy;
    this.#shown = this.text ?? this.#shown;
    this.#missed = this.#copy = null;
    this.#sending.restores = null;
    // The server goes on with what is under way: only what waits behind it is at risk.
    if (copy) this.#draft(copy.n && this.#sending.underWay(copy.n) ? copy.pending.slice(1) : copy.pending);
    this.#screen?.changed();
    this.#o.room.unwatch(this.#o.id);
    this.#o.room.watch(this.#o.id, this);
  }

  /** Forgets a draft: it was put into the text again, or is not wanted. */
  dismiss(at: number): void {
    this.drafts.dismiss(at);
    this.#keep();
    this.#screen?.changed();
  }

  open(view: unknown): void {
    const { rev, content } = this.beside.open(readView(view));
    this.#missed = null;
    this.refusal = null;
    this.phase = 'open';
    this.#shelving.language = this.beside.language ?? '';
    const copy = this.#copy;
    const continued = this.#shelving.told();
    if (!copy || copy.n === null) this.#adopt(content, rev);
    else if (continued && rev > copy.client.rev) void this.#catchUp();
    else if (continued && rev === copy.client.rev && same(content, copy.base)) this.#caughtUp();
    else {
      this.drafts.add(copy.pending, this.#o.clock.now());
      this.#adopt(content, rev);
    }
    this.#screen?.changed();
  }

  event(event: RoomEvent): void {
    if (this.beside.hear(event)) this.#screen?.changed();
    else if (event.did !== 'changed') return;
    else if (this.#missed) this.#missed.push(event);
    else this.#safely((copy) => this.#take(event, copy));
  }

  signal(signal: Signal): void {
    if (signal.signal !== 'cursor' || signal.peer === this.#o.room.peer || !this.#copy) return;
    if (this.#copy.cursors.hear(signal, this.#copy.client)) this.#screen?.changed();
  }

  settled(command: Command, outcome: Outcome): void {
    if (!changes(command)) {
      if (outcome.is === 'refused') this.#screen?.refused(outcome);
      return this.#draft([[{ insert: this.beside.settled(command, outcome) }]]);
    }
    const copy = this.#copy?.n === command.n ? this.#copy : null;
    if (outcome.is === 'done' && copy) this.#done = command.n;
    if (outcome.is === 'recovered') this.#draft(copy?.pending ?? [changeOf(command)]);
    if (outcome.is !== 'refused') return;
    if (!copy || outcome.because !== 'behind') return this.#reject(outcome, copy, changeOf(command));
    copy.number(DUE);
    void this.#catchUp();
  }

  /** Says something about a passage of the text that the person sees. */
  comment(span: Span, text: string, mentions: readonly Mention[]): void {
    this.beside.add(span, text, mentions);
    this.#push();
    this.#screen?.changed();
  }

  refused(): void {} // every refusal is told by `settled`

  moved(): void {
    this.#shown = this.text ?? this.#shown;
    this.#load();
    this.#keep();
    if (this.#screen) this.attach(this.#screen);
  }

  gone(refusal: Refusal): void {
    this.#missed = null;
    this.phase = 'gone';
    this.refusal = refusal;
    this.#copy?.cursors.reset();
    this.#shelving.forget();
    this.#screen?.changed();
  }

  /** Begins with what this tab's queue has kept. */
  #load(): void {
    const { pending, drafts } = this.keeping.load();
    this.#missed = null;
    this.#copy = pending && new Copy(pending.base, pending.client);
    this.#sending.load(this.#copy?.n ?? null);
    this.#shelving.load(pending?.epoch ?? null);
    this.drafts.join(drafts);
    this.phase = pending ? 'kept' : 'loading';
    if (!pending)
      void this.#shelving.take(() => this.phase === 'loading').then((copy) => copy && this.#show(copy));
  }

  /** As long as no server has told, what this device saw last is better than nothing. */
  #show(copy: Copy): void {
    this.#copy = copy;
    this.#shown = copy.base;
    this.beside.language ??= this.#shelving.language;
    this.phase = 'kept';
    if (this.#screen) this.attach(this.#screen);
  }

  /** Goes on from a view, with nothing pending. */
  #adopt(content: Delta, rev: number): void {
    const seen = this.#shown;
    const copy = (this.#copy ??= new Copy(seen ?? content, synced(rev)));
    const shift = copy.reset(content, rev);
    this.#shown = content;
    this.#keep();
    if (seen) this.#shift(shift);
    else this.#screen?.show(content);
    this.#push();
    this.#rest();
  }

  /** The text has changed, and not by the person's hand. */
  #shift(shift: Shift): void {
    this.beside.move(shift.change);
    this.#screen?.shift(shift);
  }

  /** `more`: there is one more step in a buffer that was there before. */
  #edited(more: boolean): void {
    this.#push();
    this.#keep();
    if (more) this.keeping.step();
  }

  /** Sends what is due, if that can be now. It is stored together with the record before it goes out. */
  #push(): void {
    const copy = this.#copy;
    if (this.phase !== 'open' || this.#missed || !copy) return;
    this.beside.flush(copy);
    if (copy.client.is === 'synced' || copy.n !== DUE) return;
    const { sent } = copy.client;
    const n = this.#sending.send(copy.client);
    copy.number(n);
    if (n === DUE) this.#reject({ because: 'too-big', say: 'That is too big to send.' }, copy, sent);
  }

  #keep(): void {
    this.keeping.keep(this.#copy, this.drafts, this.#shelving.epoch);
    this.#shelving.later(this.#whole);
  }

  /** The next event, or one that tells of a hole. */
  #take(event: RoomEvent, copy: Copy): void {
    const { rev, change, hash: sum } = readChanged(event.with);
    if (rev <= copy.client.rev) return;
    if (rev > copy.client.rev + 1) return void this.#catchUp(event);
    const own = event.peer === this.#o.room.peer && event.n > 0 && event.n === copy.n;
    if (own) copy.own(change, rev, event.peer);
    else this.#shift(copy.foreign(change, rev - 1, rev, whoOf(event, this.carets, this.#o.room.here.here)));
    if (sum !== null && sum !== hash(copy.base)) throw new Error('the document differs from the server’s');
    if (own) this.#went();
    else if (this.#sending.lags(rev) && this.#sending.amend(copy.client)) this.#keep();
    this.#shelving.later(this.#whole);
    this.#screen?.changed();
  }

  /** The change under way has arrived. */
  #went(): void {
    this.#sending.restores = null;
    this.#push();
    this.#keep();
    this.#pointing.tell(this.#whole()?.client);
    this.#rest();
  }

  /** Gets what was missed, up to some that came already, and moves what is pending over it. */
  async #catchUp(...told: RoomEvent[]): Promise<void> {
    if (this.#missed || !this.#copy) return;
    this.#missed = told;
    const current = (): boolean => this.#missed === told;
    const seen = (all: unknown): void => this.beside.missed(all);
    const steps = await catchUp(this.#o, this.#copy.client.rev, current, seen);
    if (!current() || steps === undefined) return;
    if (steps) this.#safely((copy) => this.#walk(steps, copy));
    else this.doubt();
  }

  #walk(steps: Step[], copy: Copy): void {
    for (const step of steps) {
      const shift = copy.step(step, this.#o.room.peer);
      if (shift) this.#shift(shift);
    }
    const missed = this.#missed ?? [];
    this.#missed = null;
    for (const event of missed) this.event(event);
    if (!this.#missed && this.#copy === copy) this.#caughtUp();
    this.#screen?.changed();
  }

  /** Everything is known: what was refused while nobody listened goes out anew, the rest in its newest form. */
  #caughtUp(): void {
    const copy = this.#copy;
    if (copy?.n && copy.n !== this.#done && !this.#sending.underWay(copy.n)) copy.number(DUE);
    this.#sending.amend(copy?.client);
    this.#push();
    this.#keep();
    this.#rest();
  }

  /** Refused for good: what was written is kept, what is shown is what the server has. */
  #reject(refusal: Refusal, copy: Copy | null, change: Delta): void {
    this.#sending.restores = null;
    this.#draft(copy?.pending ?? [change]);
    if (copy) {
      const shift = copy.reset(copy.base, copy.client.rev);
      copy.history.clear();
      this.#keep();
      this.#shift(shift);
    }
    this.#screen?.refused(refusal);
    this.#rest();
  }

  #draft(changes: readonly Delta[]): void {
    this.drafts.add(changes, this.#o.clock.now());
    this.#keep();
    this.#screen?.changed();
  }

  /** Runs a step of the machine; if it cannot be done, the server's word counts. */
  #safely(step: (copy: Copy) => void): void {
    if (!this.#copy) return;
    try {
      step(this.#copy);
    } catch (error) {
      console.warn(`document ${this.#o.id}:`, error);
      this.doubt();
    }
  }

  #rest(): void {
    if (!this.#screen && !this.#missed && this.#copy?.n === null) this.#o.idle();
  }
}

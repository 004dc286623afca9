import { SvelteMap } from 'svelte/reactivity';
import { toasts } from '../../../ui/toasts.svelte';
import type { LivePoll } from '../poll.svelte';
import type { Asked, Form, Question } from '../question';
import { parcels } from '../intake/parcels';
import { draftOf, fresh, written, type Draft } from './draft';
import { nextStep, take } from './next';
import { words } from './words';

/** The key of a question that is not in the deck yet. */
export const NEW = 'new';

/** What a host does with a poll, and what is being written meanwhile. */
export class Desk {
  readonly live: LivePoll;
  /** What is being written, by question; it stays while one looks at another question. */
  readonly drafts = new SvelteMap<string, Draft>();
  /** The question that the host chose to look at; "" follows the screens. */
  #chosen = $state('');
  /** What would be lost for good, and is asked about first. */
  asking = $state.raw<{ what: 'drop' | 'again'; question: Asked } | null>(null);
  #undo: (() => void) | null = null;

  readonly questions: readonly Asked[] = $derived.by(() => this.live.poll?.questions ?? []);
  readonly selected: Asked | null = $derived.by(() => {
    if (this.#chosen === NEW) return null;
    return this.#find(this.#chosen) ?? this.live.present ?? this.questions[0] ?? null;
  });
  /** The draft that is open in the middle. */
  readonly draft: Draft | undefined = $derived.by(() => this.drafts.get(this.selected?.id ?? NEW));
  readonly step = $derived.by(() =>
    this.live.poll ? nextStep(this.live.poll, this.selected) : { is: 'add' as const },
  );

  constructor(live: LivePoll) {
    this.live = live;
  }

  get onScreen(): boolean {
    return this.selected !== null && this.selected.id === this.live.present?.id;
  }

  /** The one big button. */
  go(): void {
    const step = this.step;
    if (step.is === 'add') return this.add('single');
    if (step.is === 'close') return void this.closeVoting(step.question);
    if (step.is === 'reveal') return void this.results(step.question);
    take(this.live, step);
    this.pick(step.is === 'finish' ? '' : step.question.id);
  }

  /** Looks at a question, or at the new one. What was opened for writing and not changed is closed. */
  pick(id: string): void {
    for (const [key, draft] of [...this.drafts])
      if (key !== id && this.#untouched(key, draft)) this.drafts.delete(key);
    this.#chosen = id;
  }

  get writesNew(): boolean {
    return this.#chosen === NEW;
  }

  look(by: number): void {
    const at = this.selected ? this.questions.indexOf(this.selected) : -1;
    const to = this.questions[Math.max(0, Math.min(at + by, this.questions.length - 1))];
    if (to) this.pick(to.id);
  }

  add(kind: Form): void {
    if (!this.drafts.has(NEW)) this.drafts.set(NEW, followed(fresh(kind)));
    this.pick(NEW);
  }

  edit(question: Asked): void {
    this.pick(question.id);
    if (!this.drafts.has(question.id)) this.drafts.set(question.id, followed(draftOf(question)));
  }

  /** Forgets what is being written. */
  cancel(): void {
    this.drafts.delete(this.selected?.id ?? NEW);
    if (this.#chosen === NEW) this.#chosen = '';
  }

  /** Sends what was written; it stays open if the room refuses it. */
  async save(draft: Draft): Promise<void> {
    const before = this.selected;
    const key = before?.id ?? NEW;
    const outcome = await this.live.ask('write', { question: written(draft, before?.id ?? '') });
    if (outcome.is !== 'done') return;
    this.drafts.delete(key);
    if (this.#chosen === NEW) this.#chosen = idOf(outcome.event?.with);
    if (before) this.#did(words().done.saved, () => void this.#write(before));
  }

  /** Changes when results are shown, the timer or the true value; that is possible at any time. */
  set(question: Asked, change: Partial<Pick<Question, 'show' | 'seconds' | 'truth'>>): void {
    void this.#write({ ...question, ...change });
  }

  /** Adds questions of a file at the end of the deck. What was added before one was refused stays. */
  async bring(questions: readonly Question[]): Promise<boolean> {
    const known = new Set(this.questions.map((q) => q.id));
    let done = true;
    for (const { name, content } of parcels(questions))
      done &&= (await this.live.ask(name, content)).is === 'done';
    const fresh = this.questions.filter((q) => !known.has(q.id));
    if (!fresh[0]) return done;
    this.pick(fresh[0].id);
    this.#did(words().done.brought(fresh.length), () => {
      for (const { id } of fresh) void this.live.ask('drop', { question: id });
    });
    return done;
  }

  async closeVoting(question: Asked): Promise<void> {
    const outcome = await this.live.ask('close', { question: question.id });
    if (outcome.is !== 'done') return;
    const shown = (outcome.event?.with as { shown?: boolean } | undefined)?.shown ?? true;
    const open = (): void => void this.live.ask('open', { question: question.id, seconds: 0 });
    // Once people have seen how the others voted, only a new round is fair.
    const back = question.secrecy !== 'anonymous' && (question.show === 'live' || !shown);
    this.#did(words().done.closed, back ? open : undefined);
  }

  /** Shows the results to everyone, or hides them. */
  async results(question: Asked): Promise<void> {
    const [now, back] = question.shown ? ['hide', 'reveal'] : ['reveal', 'hide'];
    const outcome = await this.live.ask(now, { question: question.id });
    if (outcome.is !== 'done') return;
    const said = now === 'reveal' ? words().done.revealed : words().done.hidden;
    this.#did(said, () => void this.live.ask(back, { question: question.id }));
  }

  /** Lets an answer through or holds it back: for everyone, at once. */
  async mark(question: Asked, answer: string, now: 'approve' | 'withhold'): Promise<void> {
    const which = { question: question.id, round: question.round, answer };
    const outcome = await this.live.ask(now, which);
    if (outcome.is !== 'done') return;
    const back = now === 'approve' ? 'withhold' : 'approve';
    const said = now === 'approve' ? words().done.approved : words().done.withheld;
    this.#did(said, () => void this.live.ask(back, which));
  }

  extend(question: Asked): void {
    void this.live.ask('extend', { question: question.id, seconds: 30 });
  }

  /** Puts a question on the screens without opening it, or takes it off. */
  async present(question: Asked): Promise<void> {
    const off = this.live.present?.id === question.id;
    const outcome = await this.live.ask('present', { question: off ? '' : question.id });
    if (outcome.is !== 'done') return;
    if (!off) return this.live.seat.focus();
    this.#did(words().done.off, () => void this.live.ask('present', { question: question.id }));
  }

  async move(question: Asked, place: number): Promise<void> {
    const before = this.questions.findIndex((q) => q.id === question.id);
    if (place < 0 || place >= this.questions.length || place === before) return;
    const outcome = await this.live.ask('move', { question: question.id, place });
    if (outcome.is !== 'done') return;
    this.#did(words().done.moved, () => void this.live.ask('move', { question: question.id, place: before }));
  }

  async duplicate(question: Asked): Promise<void> {
    const id = await this.#add(question, this.questions.indexOf(question) + 1);
    if (id) this.pick(id);
  }

  /** Deletes a question; it can be brought back, unless somebody has voted on it. */
  drop(question: Asked, sure = false): void {
    if (question.people > 0 && !sure) this.asking = { what: 'drop', question };
    else void this.#drop(question);
  }

  again(question: Asked, sure = false): void {
    if (question.people > 0 && !sure) this.asking = { what: 'again', question };
    else void this.live.ask('again', { question: question.id });
  }

  /** Does what was asked about. */
  yes(): void {
    const asked = this.asking;
    this.asking = null;
    if (asked?.what === 'drop') this.drop(asked.question, true);
    if (asked?.what === 'again') this.again(asked.question, true);
  }

  undo(): void {
    this.#undo?.();
    this.#undo = null;
  }

  #untouched(key: string, draft: Draft): boolean {
    const question = this.#find(key);
    const before = question ? draftOf(question) : fresh(draft.kind);
    return JSON.stringify(written(draft, '')) === JSON.stringify(written(before, ''));
  }

  #find(id: string): Asked | undefined {
    return this.questions.find((q) => q.id === id);
  }

  async #drop(question: Asked): Promise<void> {
    const place = this.questions.indexOf(question);
    const outcome = await this.live.ask('drop', { question: question.id });
    if (outcome.is !== 'done') return;
    this.drafts.delete(question.id);
    const back = question.people === 0 ? () => void this.#add(question, place) : undefined;
    this.#did(words().done.dropped, back);
  }

  /** Writes a copy of a question at a place; its id, or "" if it was refused. */
  async #add(question: Asked, place: number): Promise<string> {
    const outcome = await this.#write({ ...question, id: '' });
    if (outcome.is !== 'done') return '';
    const id = idOf(outcome.event?.with);
    if (place < this.questions.length - 1) void this.live.ask('move', { question: id, place });
    return id;
  }

  #write(question: Question): ReturnType<LivePoll['ask']> {
    return this.live.ask('write', { question: written(draftOf(question), question.id) });
  }

  #did(text: string, undo?: () => void): void {
    const back = undo && once(undo);
    this.#undo = back ?? null;
    toasts.tell(text, back);
  }
}

/** The key and the sentence on the screen both offer it: it is done once. */
function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

/** What is written in follows every key. */
function followed(draft: Draft): Draft {
  const live = $state(draft);
  return live;
}

/** The id that the room gave. */
function idOf(wrote: unknown): string {
  return (wrote as { question?: Question } | undefined)?.question?.id ?? '';
}

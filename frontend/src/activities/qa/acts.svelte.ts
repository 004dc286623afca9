import type { Outcome } from '../../lib/net/outbox';
import { toasts } from '../../ui/toasts.svelte';
import type { LiveQa } from './qa.svelte';
import type { Question } from './state';
import { words } from './words';

/** What is being written about a question, in its card. */
export interface Writing {
  id: number;
  what: 'answer' | 'reason' | 'edit';
}

/** What people do to questions, each with the way back where there is one. */
export class Acts {
  readonly live: LiveQa;
  writing = $state.raw<Writing | null>(null);
  /** The question that is to be put together with another. */
  merging = $state(0);
  #back: (() => void) | null = null;

  constructor(live: LiveQa) {
    this.live = live;
  }

  approve(q: Question): void {
    const back = q.state === 'dismissed' ? 'dismiss' : 'hold';
    this.#do('approve', q, {}, words().did.approve, () => this.#plain(back, q, { reason: q.reason }));
  }

  dismiss(q: Question, reason = ''): void {
    this.#do('dismiss', q, { reason }, words().did.dismiss, () => this.#plain('restore', q));
  }

  hold(q: Question): void {
    this.#do('hold', q, {}, words().did.hold, () => this.#plain('approve', q));
  }

  restore(q: Question): void {
    this.#plain('restore', q);
  }

  /** With the words that are there already, if none are given. */
  answer(q: Question, text?: string): void {
    const undo =
      q.state === 'answered'
        ? () => this.#plain('answer', q, { text: q.answer })
        : () => this.#plain(q.state === 'queued' ? 'hold' : 'reopen', q);
    this.#do('answer', q, text === undefined ? {} : { text }, words().did.answer, undo);
  }

  reopen(q: Question): void {
    this.#plain('reopen', q);
  }

  /** Takes a question up, or none. */
  take(id: number): void {
    void this.live.ask('take', { question: id });
  }

  pin(q: Question): void {
    this.#plain('pin', q, { pinned: !q.pinned });
  }

  merge(into: Question): void {
    const from = this.merging;
    this.merging = 0;
    if (from === 0 || from === into.id) return;
    const undo = (): void => void this.live.ask('restore', { question: from });
    const asked = this.live.ask('merge', { question: from, into: into.id });
    this.#tell(asked, words().did.merge, undo);
  }

  withdraw(q: Question): void {
    const asked = this.live.ask('withdraw', { question: q.id });
    this.#tell(asked, words().did.withdraw, null);
  }

  /** What was written in a card is done. */
  wrote(q: Question, text: string): void {
    const what = this.writing?.what;
    this.writing = null;
    if (what === 'answer') this.answer(q, text);
    else if (what === 'reason') this.dismiss(q, text);
    else this.#plain('edit', q, { text });
  }

  /** Takes the last act back, once. */
  undo(): void {
    this.#back?.();
  }

  #plain(name: string, q: Question, content: object = {}): void {
    void this.live.ask(name, { question: q.id, ...content });
  }

  #do(name: string, q: Question, content: object, said: string, undo: () => void): void {
    this.#tell(this.live.ask(name, { question: q.id, ...content }), said, undo);
  }

  /** Says what was done, when it is done. The key and the sentence both offer the way back: it is gone once. */
  #tell(asked: Promise<Outcome>, said: string, undo: (() => void) | null): void {
    const back = undo && once(undo);
    void asked.then((outcome) => {
      if (outcome.is !== 'done') return;
      this.#back = back;
      toasts.tell(said, back ?? undefined);
    });
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

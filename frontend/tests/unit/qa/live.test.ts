import { describe, expect, test } from 'vitest';
import { LiveQa, type QaRoom } from '../../../src/activities/qa/qa.svelte';
import type { ActivityListener } from '../../../src/lib/net/watches';

/** The room's side, in memory: it keeps ballots, and counts or refuses when a test says so. */
class Table {
  listener!: ActivityListener;
  casts: { question: number; turn: number }[] = [];
  under = new Set<string>();
  member = { id: 'm1', name: 'Ada', colour: 1, role: 'participant' };
  watch(_: string, listener: ActivityListener): void {
    this.listener = listener;
  }
  unwatch(): void {}
  may(): boolean {
    return true;
  }
  unsettled(): never[] {
    return [];
  }
  cast(_: string, __: string, content: unknown, key: string): void {
    this.casts.push(content as { question: number; turn: number });
    this.under.add(key);
  }
  ballot(_: string, key: string): 'kept' | null {
    return this.under.has(key) ? 'kept' : null;
  }
  /** The server tells what counts, and the ballot is settled if that covers it. */
  counts(votes: Record<string, number>): void {
    const mine = { questions: [], votes };
    this.listener.mine?.(mine);
    const last = this.casts.at(-1);
    if (last && this.listener.covers?.(mine, last)) this.settle(String(last.question), 'counted');
  }
  settle(key: string, mark: 'counted' | 'refused'): void {
    this.under.delete(key);
    this.listener.ballot?.(key, mark, null);
  }
}

function live(votes: Record<string, number> = {}): { table: Table; qa: LiveQa; q: never } {
  const table = new Table();
  const qa = new LiveQa(table as unknown as QaRoom, 'qa-1');
  const question = { id: 5, text: 'Why?', at: 1, state: 'shown', people: 1 };
  const view = { moderated: false, closed: false, now: 0, questions: [question] };
  table.listener.open(view, { questions: [], votes }, 10, 'qa');
  return { table, qa, q: qa.qa?.questions[0] as never };
}

describe('a vote', () => {
  test('is on its way until the server counts it', () => {
    const { table, qa, q } = live();
    expect(qa.vote(5)).toEqual({ up: false, pending: false });
    qa.toggle(q);
    expect(table.casts).toEqual([{ question: 5, turn: 1 }]);
    expect(qa.vote(5)).toEqual({ up: true, pending: true });
    table.counts({});
    expect(qa.vote(5).pending).toBe(true);
    table.counts({ 5: 1 });
    expect(qa.vote(5)).toEqual({ up: true, pending: false });
  });

  test('is taken back by the next turn, also before it was counted', () => {
    const { table, qa, q } = live({ 5: 3 });
    expect(qa.vote(5)).toEqual({ up: true, pending: false });
    qa.toggle(q);
    qa.toggle(q);
    qa.toggle(q);
    expect(table.casts.map((c) => c.turn)).toEqual([4, 5, 6]);
    expect(qa.vote(5)).toEqual({ up: false, pending: true });
    table.counts({ 5: 6 });
    expect(qa.vote(5)).toEqual({ up: false, pending: false });
  });

  test('that is refused was never there', () => {
    const { table, qa, q } = live();
    qa.toggle(q);
    table.settle('5', 'refused');
    expect(qa.vote(5)).toEqual({ up: false, pending: false });
  });

  test('of another tab counts more than what this one thought', () => {
    const { table, qa, q } = live();
    qa.toggle(q);
    table.counts({ 5: 2 });
    expect(qa.vote(5)).toEqual({ up: false, pending: false });
  });
});

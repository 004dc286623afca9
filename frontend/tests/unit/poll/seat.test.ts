import { describe, expect, test, vi } from 'vitest';
import type { Asked } from '../../../src/activities/poll/question';
import { Seat } from '../../../src/activities/poll/seat';
import { publicly, question, rating, Table } from './table';

const CLOSED = { because: 'closed', say: 'This question is closed.' };

function seated(q = question(), table = new Table()) {
  const changed = vi.fn();
  const refused = vi.fn();
  const seat = new Seat(table, 'poll-1', changed, refused);
  table.open(publicly(q));
  const asked = (): Asked => {
    if (!seat.present) throw new Error('nothing is presented');
    return seat.present;
  };
  return { table, seat, changed, refused, asked };
}

describe('a vote', () => {
  test('is kept, sent, and counted at a time of the server', () => {
    const { table, seat, asked, changed } = seated();
    expect(seat.standing(asked())).toEqual({ is: 'none' });
    seat.pick(asked(), ['o2']);
    expect(seat.standing(asked())).toMatchObject({ is: 'kept', answer: { options: ['o2'] } });
    table.sent();
    expect(seat.standing(asked())).toMatchObject({ is: 'sent' });
    expect(seat.picked(asked())).toEqual(['o2']);
    table.now = 6000;
    changed.mockClear();
    table.count();
    expect(changed).toHaveBeenCalled();
    expect(seat.standing(asked())).toMatchObject({ is: 'counted', at: 6000, answer: { options: ['o2'] } });
  });

  test('has a turn above all before it: cast here, or counted from another device', () => {
    const { table, seat, asked } = seated();
    for (const option of ['o1', 'o2']) seat.pick(asked(), [option]);
    expect(table.casts.map((c) => c.turn)).toEqual([1, 2]);
    table.mine = { q1: { round: 1, turn: 7, options: ['o3'] } };
    table.listener.mine?.({ ballots: table.mine });
    expect(seat.standing(asked())).toMatchObject({ is: 'counted', answer: { options: ['o3'] }, at: 0 });
    seat.pick(asked(), ['o1']);
    expect(table.casts.at(-1)).toEqual({ question: 'q1', round: 1, turn: 8, options: ['o1'] });
  });

  test('begins at turn 1 in every round, and the last round says nothing of this one', () => {
    const { table, seat, asked } = seated();
    seat.pick(asked(), ['o1']);
    table.count();
    table.happen('again', { question: 'q1', round: 2 }, 5);
    table.happen('opened', { question: 'q1', round: 2, opened: 1, closes: 0, shown: false }, 6);
    expect(seat.standing(asked())).toEqual({ is: 'none' });
    expect(seat.picked(asked())).toEqual([]);
    seat.pick(asked(), ['o3']);
    expect(table.casts.at(-1)).toMatchObject({ round: 2, turn: 1 });
  });

  test('of a rating is a score, and no options take it back', () => {
    const { table, seat, asked } = seated(rating());
    seat.vote(asked(), { score: 4 });
    expect(table.casts.at(-1)).toEqual({ question: 'q1', round: 1, turn: 1, score: 4 });
    table.count();
    expect(seat.picked(asked())).toEqual(['4']);
    seat.vote(asked(), { options: [] });
    expect(table.casts.at(-1)).toEqual({ question: 'q1', round: 1, turn: 2, options: [] });
    table.count();
    expect(seat.picked(asked())).toEqual([]);
  });

  test('with too few options waits for more, and the one before counts until then', () => {
    const { table, seat, asked } = seated(question({ kind: 'multiple', least: 2, most: 3 }));
    seat.pick(asked(), ['o1']);
    expect(seat.picked(asked())).toEqual(['o1']);
    seat.pick(asked(), []);
    expect(seat.picked(asked())).toEqual([]);
    expect(table.casts).toEqual([]);
    seat.pick(asked(), ['o1', 'o3']);
    table.count();
    seat.pick(asked(), ['o3']);
    expect(seat.picked(asked())).toEqual(['o3']);
    expect(seat.standing(asked())).toMatchObject({ is: 'counted', answer: { options: ['o1', 'o3'] } });
    table.happen('closed', { question: 'q1', round: 1, closes: 1, people: 1, shown: false }, 9);
    expect(seat.picked(asked())).toEqual(['o1', 'o3']);
  });
});

describe('a refusal', () => {
  test('says what does not count and why, and what still does', () => {
    const { table, seat, asked, refused } = seated();
    seat.pick(asked(), ['o1']);
    table.count();
    seat.pick(asked(), ['o2']);
    table.refuse(CLOSED);
    expect(seat.standing(asked())).toMatchObject({
      is: 'refused',
      answer: { options: ['o2'] },
      refusal: CLOSED,
      counted: { options: ['o1'] },
    });
    expect(seat.picked(asked())).toEqual(['o1']);
    expect(refused).not.toHaveBeenCalled();
  });

  test('is forgotten with the next vote', () => {
    const { table, seat, asked } = seated();
    seat.pick(asked(), ['o1']);
    table.refuse({ because: 'frozen', say: 'Voting is paused.' });
    seat.pick(asked(), ['o2']);
    expect(table.casts.at(-1)?.turn).toBe(2);
    table.count();
    expect(seat.standing(asked())).toMatchObject({ is: 'counted', answer: { options: ['o2'] } });
  });

  test('that came while nobody listened is not lost', () => {
    const table = new Table();
    const cast = { round: 1, turn: 3, options: ['o2'], at: 0, refused: null };
    table.records.set('poll-1', { casts: { q1: cast } });
    table.mine = { q1: { round: 1, turn: 2, options: ['o1'] } };
    const { seat, asked } = seated(question(), table);
    expect(seat.standing(asked())).toMatchObject({
      is: 'refused',
      refusal: null,
      counted: { options: ['o1'] },
    });
  });

  test('of a command goes to the host', () => {
    const { table, refused } = seated();
    table.listener.refused?.(CLOSED, { n: 3, in: 'poll-1', do: 'open', with: '{}' });
    expect(refused).toHaveBeenCalledWith(CLOSED);
  });
});

describe('after a reload', () => {
  test('what was cast is still on its way', () => {
    const { table, seat, asked } = seated();
    seat.pick(asked(), ['o2']);
    const next = new Table();
    next.records = table.records;
    next.marks = table.marks;
    next.casts = table.casts;
    const { seat: again, asked: askedAgain } = seated(question(), next);
    expect(again.standing(askedAgain())).toMatchObject({ is: 'kept', answer: { options: ['o2'] } });
    next.count();
    expect(again.standing(askedAgain())).toMatchObject({ is: 'counted', at: 5000 });
    again.pick(askedAgain(), ['o1']);
    expect(next.casts.at(-1)?.turn).toBe(2);
  });

  test('the time of counting is still known', () => {
    const { table, seat, asked } = seated();
    seat.pick(asked(), ['o2']);
    table.count();
    const next = new Table();
    next.records = table.records;
    next.mine = table.mine;
    const { seat: again, asked: askedAgain } = seated(question(), next);
    expect(again.standing(askedAgain())).toMatchObject({ is: 'counted', at: 5000 });
  });

  test('another queue brings its own votes', () => {
    const { table, seat, asked } = seated();
    seat.pick(asked(), ['o2']);
    table.records = new Map();
    table.marks = new Map();
    table.listener.moved?.();
    expect(seat.standing(asked())).toEqual({ is: 'none' });
  });
});

describe('two devices of one person', () => {
  test('the later wish is cast again when another has taken its turn', () => {
    const { table, seat, asked } = seated();
    seat.pick(asked(), ['o2']);
    table.count({ round: 1, turn: 1, options: ['o1'] });
    expect(table.casts.at(-1)).toEqual({ question: 'q1', round: 1, turn: 2, options: ['o2'] });
    table.count();
    expect(seat.standing(asked())).toMatchObject({ is: 'counted', answer: { options: ['o2'] } });
    expect(table.casts).toHaveLength(2);
  });

  test('the same wish under the same turn is counted once', () => {
    const { table, seat, asked } = seated(question({ kind: 'multiple', most: 2 }));
    seat.pick(asked(), ['o2', 'o1']);
    table.count({ round: 1, turn: 1, options: ['o1', 'o2'] });
    expect(table.casts).toHaveLength(1);
    expect(seat.standing(asked())).toMatchObject({ is: 'counted' });
  });

  test('after the close nothing is cast again', () => {
    const { table, seat, asked } = seated();
    seat.pick(asked(), ['o2']);
    table.happen('closed', { question: 'q1', round: 1, closes: 1, people: 1, shown: false }, 9);
    table.count({ round: 1, turn: 1, options: ['o1'] });
    expect(table.casts).toHaveLength(1);
    expect(seat.picked(asked())).toEqual(['o1']);
  });
});

test('a seat that is left hears no more', () => {
  const { table, seat } = seated();
  seat.close();
  expect(table.watching).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { average, places } from '../../../src/activities/poll/question';
import { apply, digest, open, presented, type Poll } from '../../../src/activities/poll/state';
import { event, publicly, question, rating, view } from './table';

function audience(status: object = {}, seq = 10): Poll {
  return open(view(publicly(question(), status)), seq);
}

function host(status: object = {}, seq = 10): Poll {
  const counts = { o1: 0, o2: 0, o3: 0 };
  return open({ present: 'q1', questions: [{ ...publicly(question(), status), counts }] }, seq);
}

const told = (round: number, people: number, counts?: object) => ({
  round,
  people,
  ...(counts && { counts }),
});

describe('summaries', () => {
  test('the newest is shown, an older one changes nothing', () => {
    let poll = audience({ shown: true });
    poll = digest(poll, { key: 'q1', through: 20, with: told(1, 3, { o1: 2, o2: 1, o3: 0 }) });
    const newest = poll;
    for (const through of [9, 15, 19])
      poll = digest(poll, { key: 'q1', through, with: told(1, 1, { o1: 1, o2: 0, o3: 0 }) });
    expect(poll).toEqual(newest);
    expect(presented(poll)).toMatchObject({ people: 3, counts: { o1: 2, o2: 1, o3: 0 } });
  });

  test('one that is older than the view changes nothing', () => {
    const poll = audience({ shown: true, people: 5, results: { people: 5, counts: { o1: 5 } } }, 30);
    expect(digest(poll, { key: 'q1', through: 29, with: told(1, 4, { o1: 4 }) })).toEqual(poll);
  });

  test('one that is older than the results at the close changes nothing', () => {
    const results = { people: 2, counts: { o1: 2 } };
    const closed = { question: 'q1', round: 1, closes: 9, people: 2, shown: true, results };
    const poll = apply(audience({ shown: true }), event('closed', closed, 40));
    expect(digest(poll, { key: 'q1', through: 39, with: told(1, 1, { o1: 1 }) })).toEqual(poll);
  });

  test('one of another round, or of nothing, changes nothing', () => {
    const poll = audience({ round: 2 });
    expect(digest(poll, { key: 'q1', through: 99, with: told(1, 9) })).toEqual(poll);
    expect(digest(poll, { key: 'q1', through: 99, with: told(0, 0) })).toEqual(poll);
    expect(digest(poll, { key: 'q9', through: 99, with: told(2, 9) })).toEqual(poll);
  });

  test('a host whose results are not in the close takes the last summary from before it', () => {
    // It is not told again when closing changes none of its numbers.
    const closed = { question: 'q1', round: 1, closes: 9, people: 2, shown: false };
    let poll = apply(host(), event('closed', closed, 40));
    poll = digest(poll, { key: 'q1', through: 38, with: told(1, 2, { o1: 1, o2: 1, o3: 0 }) });
    expect(presented(poll)).toMatchObject({ state: 'closed', people: 2, counts: { o1: 1, o2: 1, o3: 0 } });
  });

  test('what is hidden stays hidden from the audience, whatever a summary says', () => {
    let poll = audience({ shown: true, results: { people: 1, counts: { o1: 1 } } });
    poll = apply(poll, event('hidden', { question: 'q1' }, 20));
    expect(presented(poll)).toMatchObject({ shown: false, counts: null });
    poll = digest(poll, { key: 'q1', through: 25, with: told(1, 2, { o1: 2 }) });
    expect(presented(poll)).toMatchObject({ people: 2, counts: null });
  });
});

describe('events', () => {
  test('a new round begins without votes, results and times', () => {
    const poll = audience({ state: 'closed', shown: true, results: { people: 2, counts: { o1: 2 } } });
    const again = apply(poll, event('again', { question: 'q1', round: 2 }, 20));
    const fresh = { state: 'draft', round: 2, people: 0, counts: null, shown: false, opened: 0, closes: 0 };
    expect(presented(again)).toMatchObject(fresh);
  });

  test('a question that is opened again keeps its votes', () => {
    const before = host({ state: 'closed', people: 2 });
    const opened = { question: 'q1', round: 1, opened: 50, closes: 0, shown: false };
    expect(presented(apply(before, event('opened', opened, 20)))).toMatchObject({ state: 'open', people: 2 });
  });

  test('other words take the votes off a question, another timer does not', () => {
    const poll = digest(host(), { key: 'q1', through: 20, with: told(1, 1, { o1: 1, o2: 0, o3: 0 }) });
    const timed = apply(poll, event('wrote', { question: question({ seconds: 30 }) }, 21));
    expect(presented(timed)).toMatchObject({ seconds: 30, people: 1, counts: { o1: 1 } });
    const other = apply(poll, event('wrote', { question: question({ prompt: 'Where?' }) }, 21));
    expect(presented(other)).toMatchObject({ people: 0, counts: { o1: 0, o2: 0, o3: 0 } });
  });

  test('questions are moved and dropped; nothing presented is nothing on the screens', () => {
    let poll = host();
    poll = apply(poll, event('wrote', { question: rating({ id: 'q2' }) }, 11));
    poll = apply(poll, event('wrote', { question: question({ id: 'q3' }) }, 12));
    poll = apply(poll, event('moved', { question: 'q3', place: 0 }, 13));
    expect(poll.questions.map((q) => q.id)).toEqual(['q3', 'q1', 'q2']);
    poll = apply(poll, event('presented', { question: null, position: 0, of: 0 }, 14));
    expect(presented(poll)).toBeNull();
    poll = apply(poll, event('dropped', { question: 'q1' }, 15));
    expect(poll.questions.map((q) => q.id)).toEqual(['q3', 'q2']);
  });

  test('what was forgotten, and what this page does not know, changes nothing', () => {
    const poll = audience();
    expect(apply(poll, { ...event('opened', {}, 20), with: null })).toEqual(poll);
    expect(apply(poll, event('nothing', {}, 20))).toEqual(poll);
    expect(apply(poll, event('closed', { question: 'q9' }, 20))).toEqual(poll);
  });
});

test('a rating has its steps as places, and a mean', () => {
  expect(places(rating({ from: -1, to: 2 }))).toEqual(['-1', '0', '1', '2']);
  expect(average({ '-1': 1, '2': 3 })).toBe(1.25);
  expect(average({ '1': 0 })).toBeNull();
});

import { expect, test } from 'vitest';
import { fromEditor } from '../../../src/activities/doc/exchange';
import { about, asking, placing, votable } from '../../../src/activities/doc/poll/placing';
import { notedFrom } from '../../../src/activities/doc/poll/noted';
import { askedFrom } from '../../../src/activities/doc/poll/shown';
import { afterLook, pollOf, readPolls } from '../../../src/activities/doc/poll/told';
import { fresh, written } from '../../../src/activities/poll/desk/draft';
import { apply, type Delta } from '../../../src/lib/delta';

const poll = 'poll-a2c4/q1';
const list = { list: 'bullet' };

test('only a question of a poll can stand in a text as one', () => {
  expect(pollOf({ poll })).toBe(poll);
  for (const other of [
    'poll-a2c4',
    'doc-a2c4/q1',
    'poll-A/q1',
    `poll-a/${'q'.repeat(17)}`,
    'poll-a/q1/x',
    '',
  ])
    expect(pollOf({ poll: other })).toBeNull();
  expect(pollOf({ poll: 7 })).toBeNull();
  expect(pollOf({ poll, more: 1 })).toBeNull();
  expect(pollOf('text')).toBeNull();
});

test('what the editor tells of a poll keeps the formats of text, and none of images', () => {
  const op = { insert: { poll }, attributes: { bold: true, alt: 'x', size: 'small' } };
  expect(fromEditor([op], [{ insert: '\n' }])).toEqual([{ insert: { poll }, attributes: { bold: true } }]);
  expect(fromEditor([{ insert: { poll: 'elsewhere' } }], [{ insert: '\n' }])).toEqual([{ insert: '\ufffd' }]);
  expect(
    fromEditor(
      [{ retain: 1, attributes: { size: 'small', bold: true } }],
      [{ insert: { poll } }, { insert: '\n' }],
    ),
  ).toEqual([{ retain: 1, attributes: { bold: true } }]);
});

const text: Delta = [
  { insert: 'Which day?\n\nMonday' },
  { insert: '\n', attributes: list },
  { insert: 'Friday' },
  { insert: '\n', attributes: list },
  { insert: 'Monday' },
  { insert: '\n', attributes: list },
];

test('a list that is voted on gives the options, and the line before it the question', () => {
  const all = { index: 12, length: 15 };
  expect(votable(text, all)).toBe(true);
  expect(about(text, all)).toEqual({ at: 33, prompt: 'Which day?', options: ['Monday', 'Friday'] });
  expect(about(text, { index: 11, length: 16 })).toEqual(about(text, all));
  expect(votable(text, { index: 12, length: 6 })).toBe(false);
  expect(about(text, { index: 12, length: 6 })).toEqual({ at: 19, prompt: 'Monday', options: [] });
  expect(votable(text, { index: 12, length: 0 })).toBe(false);
});

test('long lines and many are cut to what a question can have', () => {
  const long = Array.from({ length: 120 }, (_, i) => `${i} ${'x'.repeat(300)}\n`).join('');
  const { options } = about([{ insert: long }], { index: 0, length: long.length - 1 });
  expect(options).toHaveLength(100);
  expect(options[0]).toHaveLength(200);
});

test('a poll stands in a line of its own, also behind the last one', () => {
  const empty: Delta = [{ insert: 'one\n\nthree\n' }];
  const inside = placing(empty, 4, poll);
  expect(apply(empty, inside.change)).toEqual([
    { insert: 'one\n' },
    { insert: { poll } },
    { insert: '\n\nthree\n' },
  ]);
  expect(inside.caret).toBe(6);
  const { at } = about(text, { index: 12, length: 15 });
  const after = placing(text, at, poll);
  expect(apply(text, after.change).slice(-3)).toEqual([
    { insert: '\n', attributes: list },
    { insert: { poll } },
    { insert: '\n\n' },
  ]);
  expect(after.caret).toBe(35);
});

test('the room is asked for a poll that knows where it stands', () => {
  const question = written({ ...fresh('single'), prompt: ' Which\nday? ' }, 'q1');
  expect(asking(question, 'doc-a', 'host')).toEqual({
    kind: 'poll',
    title: 'Which day?',
    least: 'host',
    settings: { shownIn: 'doc-a', questions: [question] },
  });
});

const noted = {
  kind: 'single',
  prompt: 'Which day?',
  options: [{ id: 'o1', text: 'Monday' }],
  from: 0,
  to: 0,
  state: 'closed',
  round: 1,
  closes: 5,
  result: { people: 2, counts: { o1: 2 } },
};

test('what is seen of polls takes the place of what was, and what is seen no more goes', () => {
  const one = afterLook([], [{ poll: 'poll-b/q1', asked: noted }]);
  const two = afterLook(one, [{ poll: 'poll-a/q1', asked: { ...noted, state: 'open', result: undefined } }]);
  expect(two.map(({ poll }) => poll)).toEqual(['poll-a/q1', 'poll-b/q1']);
  expect(two[0]?.asked?.state).toBe('open');
  expect(afterLook(two, [{ poll: 'poll-a/q1' }])).toEqual(one);
  expect(afterLook(two, undefined)).toBe(two);
  expect(() => readPolls([7])).toThrow();
});

test('a result as the document has it is the one that the poll tells', () => {
  const [one] = readPolls([{ poll, asked: noted }]);
  const asked = one?.asked;
  if (!asked) throw new Error('nothing is noted');
  const shown = askedFrom('q1', asked);
  expect(shown).toMatchObject({ id: 'q1', kind: 'single', people: 2, counts: { o1: 2 }, shown: true });
  expect(notedFrom(shown)).toEqual(asked);
});

import { expect, test, vi } from 'vitest';
import { days } from '../../../src/activities/doc/history/days';
import { blocks, both, plain, side, tag, tagged } from '../../../src/activities/doc/history/tagged';
import {
  readPlayback,
  readRevision,
  readTimeline,
  type Chunk,
} from '../../../src/activities/doc/history/told';
import { lastSeen, rememberSeen } from '../../../src/activities/doc/seen';
import { authorSpans, changedSpans, movedSpans } from '../../../src/activities/doc/spans';
import { apply, compare, type Delta } from '../../../src/lib/delta';
import { forSeeds } from '../delta/random';

vi.setConfig({ testTimeout: 60_000 });

const end: Delta = [{ insert: '\n' }];

test('two texts as one hold the old one and the new one', () => {
  forSeeds(1000, (random) => {
    const [a, b] = [apply([], [...random.document(), ...end]), apply([], [...random.document(), ...end])];
    const all = both(a, compare(a, b));
    const now = plain(side(all, 'removed'));
    expect(now).toEqual(b);
    // The old one has its text; what is formatted anew is shown as it is now.
    const text = (delta: Delta): string =>
      delta.map((op) => ('insert' in op ? JSON.stringify(op.insert) : '')).join('');
    const bare = (delta: Delta): string =>
      text(
        apply(
          [],
          delta.map((op) => ('insert' in op ? { insert: op.insert } : op)),
        ),
      );
    expect(bare(plain(side(all, 'added')))).toBe(bare(a));
  });
});

test('a text says who wrote it, and goes on saying so while it is played', () => {
  const begun = tagged(
    [{ insert: 'ab', attributes: { bold: true } }, { insert: 'cd\n' }],
    [
      { by: 'm1', length: 3 },
      { by: '', length: 2 },
    ],
  );
  expect(begun).toEqual([
    { insert: 'ab', attributes: { bold: true, by: 'm1' } },
    { insert: 'c', attributes: { by: 'm1' } },
    { insert: 'd\n' },
  ]);
  const after = apply(
    begun,
    tag([{ retain: 1 }, { insert: 'X' }, { retain: 1, attributes: { bold: null } }], 'm2'),
  );
  expect(after).toEqual([
    { insert: 'a', attributes: { bold: true, by: 'm1' } },
    { insert: 'X', attributes: { by: 'm2' } },
    { insert: 'bc', attributes: { by: 'm1' } },
    { insert: 'd\n' },
  ]);
  expect(plain(after)).toEqual([{ insert: 'a', attributes: { bold: true } }, { insert: 'Xbcd\n' }]);
});

test('lines are what they are shown as, and lists stay together', () => {
  const shown = blocks([
    { insert: 'Title' },
    { insert: '\n', attributes: { header: 1, blockquote: true } },
    { insert: 'one\n\n' },
    { insert: 'a' },
    { insert: '\n', attributes: { list: 'bullet' } },
    { insert: 'b' },
    { insert: '\n', attributes: { list: 'ordered', indent: 1 } },
    { insert: 'x' },
    { insert: '\n\n', attributes: { 'code-block': true } },
  ]);
  expect(
    shown.map((block) => block.map((line) => [line.pieces.map((p) => p.text).join(''), line.shown])),
  ).toEqual([
    [['Title', { blockquote: true }]],
    [['one', {}]],
    [['', {}]],
    [
      ['a', { list: 'bullet' }],
      ['b', { list: 'ordered', indent: 1 }],
    ],
    [
      ['x', { 'code-block': true }],
      ['', { 'code-block': true }],
    ],
  ]);
});

const chunk = (from: number, to: number, end: number): Chunk => ({
  from,
  to,
  start: end - 1000,
  end,
  by: [{ id: 'm1', changes: to - from }],
  others: 0,
  added: 1,
  removed: 0,
  restores: null,
  decided: null,
});

test('chunks stand by day, the newest first, with the named versions where they belong', () => {
  const day = (d: number, h: number): number => new Date(2026, 2, d, h).getTime();
  const list = days(
    [chunk(0, 5, day(1, 9)), chunk(5, 9, day(1, 23)), chunk(9, 12, day(2, 1))],
    [0, 5, 7, 12].map((rev) => ({ rev, name: `v${rev}`, at: day(3, 3) })),
  );
  expect(
    list.map(({ entries }) => entries.map((e) => (e.is === 'chunk' ? e.chunk.to : e.version.name))),
  ).toEqual([
    ['v12', 12],
    ['v7', 9, 'v5', 5, 'v0'],
  ]);
  expect(days([], [{ rev: 0, name: 'empty', at: 5 }]).map(({ entries }) => entries.length)).toEqual([1]);
});

test('what the server tells is read or refused', () => {
  const told = {
    to: 3,
    chunks: [{ ...chunk(0, 3, 5000), restores: undefined, others: undefined }],
    people: [{ id: 'm1', name: 'Ada', colour: 2 }],
  };
  expect(readTimeline(told)).toEqual({
    to: 3,
    keeping: 30,
    chunks: [chunk(0, 3, 5000)],
    people: told.people,
  });
  const revision = { rev: 1, at: 5, by: 'm1', content: [{ insert: 'a\n' }], people: [] };
  expect(readRevision(revision)).toEqual({ ...revision, authors: [], polls: [] });
  expect(
    readPlayback({ to: 1, steps: [{ to: 1, at: 2, by: ['m1'], change: [] }], people: [] }).steps,
  ).toHaveLength(1);
  for (const bad of [
    null,
    1,
    {},
    { to: -1 },
    { ...revision, rev: '1' },
    { ...revision, content: [{ retain: 1 }] },
  ]) {
    expect(() => readRevision(bad)).toThrow();
  }
  for (const bad of [null, {}, { to: 1, chunks: [{}] }, { to: 1, chunks: [], people: [{ id: 'm1' }] }]) {
    expect(() => readTimeline(bad)).toThrow();
  }
});

test('spans are where something is new, and move with the text', () => {
  const change: Delta = [{ retain: 2 }, { insert: 'xy' }, { delete: 1 }, { retain: 3 }, { delete: 2 }];
  expect(changedSpans(change)).toEqual([
    { from: 2, to: 4 },
    { from: 7, to: 7 },
  ]);
  const runs = [
    { by: 'm1', length: 3 },
    { by: '', length: 1 },
    { by: 'm2', length: 2 },
  ];
  const spans = authorSpans(runs);
  expect(spans).toEqual([
    { from: 0, to: 3, by: 'm1' },
    { from: 4, to: 6, by: 'm2' },
  ]);
  expect(movedSpans(spans, [{ insert: 'new' }, { retain: 4 }, { delete: 2 }])).toEqual([
    { from: 3, to: 6, by: 'm1' },
    { from: 7, to: 7, by: 'm2' },
  ]);
});

test('how far a document was read is kept on the device, and bad storage is none', () => {
  localStorage.clear();
  expect(lastSeen('a/doc-1')).toBeNull();
  for (let i = 0; i < 305; i++) rememberSeen(`room-${i}/doc`, { rev: i, at: i });
  rememberSeen('room-3/doc', { rev: 9, at: 9 });
  expect(lastSeen('room-304/doc')).toEqual({ rev: 304, at: 304 });
  expect(lastSeen('room-0/doc')).toBeNull();
  for (const junk of ['{', '7', '[1,["a"],["b",{"rev":"1"}]]']) {
    localStorage.setItem('plenum.read', junk);
    expect(lastSeen('b')).toBeNull();
  }
});

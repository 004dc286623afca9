import { expect, test } from 'vitest';
import { fromEditor, forEditor } from '../../../src/activities/doc/exchange';
import { between, leaveAnchors, passages } from '../../../src/activities/doc/talk/anchors';
import { Carried } from '../../../src/activities/doc/talk/carried';
import { pieces } from '../../../src/activities/doc/talk/pieces';
import { Remarks } from '../../../src/activities/doc/talk/remarks';
import { stacked } from '../../../src/activities/doc/talk/stack';
import { afterTalk, type Thread } from '../../../src/activities/doc/talk/threads';
import { Copy } from '../../../src/activities/doc/copy';
import { apply, compare, edited, synced, type Delta } from '../../../src/lib/delta';

const seven = { 'comment-7': true };
const text: Delta = [
  { insert: 'one ' },
  { insert: 'two', attributes: seven },
  { insert: ' three', attributes: { ...seven, bold: true } },
  { insert: '\nfour\n' },
];

test('a thread hangs on the text that has its attribute', () => {
  expect(passages(text)).toEqual(new Map([[7, [{ from: 4, to: 13 }]]]));
  const apart: Delta = [
    { insert: 'a', attributes: seven },
    { insert: 'b' },
    { insert: 'c', attributes: seven },
  ];
  expect(passages(apart).get(7)).toHaveLength(2);
});

test('what is written in the middle of a passage belongs to it, at its ends it does not', () => {
  const typed = (at: number, word = 'x'): Delta => fromEditor([{ retain: at }, { insert: word }], text);
  expect(typed(5)).toEqual([{ retain: 5 }, { insert: 'x', attributes: seven }]);
  expect(typed(7)).toEqual([{ retain: 7 }, { insert: 'x', attributes: seven }]);
  expect(typed(4)).toEqual([{ retain: 4 }, { insert: 'x' }]);
  expect(typed(13)).toEqual([{ retain: 13 }, { insert: 'x' }]);
  expect(typed(5, 'x\ny')).toEqual([
    { retain: 5 },
    { insert: 'x', attributes: seven },
    { insert: '\n' },
    { insert: 'y', attributes: seven },
  ]);
  expect(fromEditor([{ insert: 'x' }], text)).toEqual([{ insert: 'x' }]);
  expect(between(undefined, seven)).toBeUndefined();
});

test('the editor is not told of anchors', () => {
  expect(forEditor([{ retain: 2, attributes: { 'comment-9': true } }], text)).toEqual([]);
  expect(forEditor([{ insert: 'x', attributes: { ...seven, bold: true } }], text)).toEqual([
    { insert: 'x', attributes: { bold: true } },
  ]);
});

test('going back to an earlier text leaves anchors where they are, and brings back those of what was gone', () => {
  const now: Delta = [{ insert: 'one ', attributes: { 'comment-9': true } }, { insert: 'three\n' }];
  const change = leaveAnchors(compare(now, text));
  expect(apply(now, change)).toEqual([
    { insert: 'one ', attributes: { 'comment-9': true } },
    { insert: 'two', attributes: seven },
    { insert: ' ', attributes: { ...seven, bold: true } },
    { insert: 'three', attributes: { bold: true } },
    { insert: '\nfour\n' },
  ]);
});

test('cut and pasted a passage keeps its thread; copied it does not', () => {
  const carried = new Carried();
  const cut: Delta = [{ retain: 2 }, { delete: 6 }];
  expect(carried.onto(cut, text)).toEqual(cut);
  const after = apply(text, cut);
  // The rest of the passage is still there: what comes back is a copy.
  expect(carried.onto([{ insert: 'e two ' }], after)).toEqual([{ insert: 'e two ' }]);

  const all: Delta = [{ retain: 4 }, { delete: 9 }];
  const other = new Carried();
  other.onto(all, text);
  expect(other.onto([{ insert: 'see: two three.' }], apply(text, all))).toEqual([
    { insert: 'see: ' },
    { insert: 'two three', attributes: seven },
    { insert: '.' },
  ]);
});

test('a comment waits for what was written before, and moves with its text', () => {
  const sent: unknown[] = [];
  const send = (id: string, name: string, content: unknown) => {
    sent.push([id, name, content]);
    return Object.assign(Promise.resolve({ is: 'done' as const, n: 5, seq: 9 }), { n: 5 });
  };
  const remarks = new Remarks({ send } as never, 'doc-1');
  const copy = new Copy([{ insert: 'one two\n' }], edited(synced(3), [{ insert: 'x' }]));
  remarks.add({ from: 5, to: 8 }, 'why?', []);
  remarks.flush(copy);
  expect(sent).toEqual([]);
  remarks.move([{ insert: 'ab' }]);
  copy.client = synced(4);
  remarks.flush(copy);
  remarks.flush(copy);
  expect(sent).toEqual([['doc-1', 'comment', { base: 4, from: 7, to: 10, text: 'why?' }]]);
  remarks.arrived(5);
  expect(remarks.remarks).toEqual([]);
});

test('threads follow what is told of them, also where words are forgotten', () => {
  const tell = (before: readonly Thread[], did: string, seq: number, content: object): readonly Thread[] =>
    afterTalk(before, { did, with: content, by: 'm1', at: seq * 10, seq }) ?? [];
  let threads = tell([], 'commented', 3, { quote: 'two' });
  expect(threads[0]).toMatchObject({
    id: 3,
    quote: 'two',
    resolved: '',
    comments: [{ seq: 3, text: '', at: 30 }],
  });
  threads = tell(threads, 'amended', 4, { thread: 3, of: 3, text: 'hi', name: 'Ada' });
  expect(threads[0]?.comments).toMatchObject([{ seq: 3, text: 'hi', name: 'Ada', edited: true, at: 30 }]);
  threads = tell(threads, 'replied', 5, { thread: 3, text: 'yes' });
  threads = tell(threads, 'resolved', 6, { thread: 3 });
  expect(threads[0]?.resolved).toBe('m1');
  threads = tell(threads, 'reopened', 7, { thread: 3 });
  threads = tell(threads, 'erased', 8, { thread: 3, of: 3 });
  expect(threads[0]).toMatchObject({ resolved: '', comments: [{ gone: true, text: '' }, { text: 'yes' }] });
  expect(tell(threads, 'erased', 9, { thread: 3, of: 5, ends: true })).toEqual([]);
  expect(afterTalk(threads, { did: 'changed', with: {}, by: '', at: 0, seq: 10 })).toBeNull();
});

test('names that are called stand apart', () => {
  const ada = { id: 'm1', name: 'Ada' };
  expect(pieces('@Ada Lovelace, @Ada!', [ada, { id: 'm2', name: 'Ada Lovelace' }])).toEqual([
    { text: '@Ada Lovelace', mention: 'm2' },
    { text: ', ', mention: '' },
    { text: '@Ada', mention: 'm1' },
    { text: '!', mention: '' },
  ]);
  expect(pieces('plain @Ada', [])).toEqual([{ text: 'plain @Ada', mention: '' }]);
});

test('cards stand at their passages as near as the others allow', () => {
  const card = (y: number) => ({ y, height: 50 });
  expect(stacked([card(10), card(20), card(200)], -1)).toEqual([10, 68, 200]);
  // The chosen one stands where its passage is; those before it make room.
  expect(stacked([card(10), card(20), card(25)], 1)).toEqual([-38, 20, 78]);
  // But none leaves the page.
  expect(stacked([card(10), card(20), card(25)], 2)).toEqual([-48, 10, 68]);
  expect(stacked([], -1)).toEqual([]);
});

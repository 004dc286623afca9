// What the history shows where single changes were put together.
import { expect, test } from 'vitest';
import type { Paper } from '../../../src/activities/doc/paper';
import { Past } from '../../../src/activities/doc/history/past.svelte';
import type { Source } from '../../../src/activities/doc/history/source';
import { readTimeline } from '../../../src/activities/doc/history/told';

const KEPT = [0, 40, 41];

/** A history in which the changes up to revision 40 are one. */
function folded(): Source {
  return {
    people: new Map(),
    timeline: () => Promise.resolve(readTimeline({ from: 0, to: 41, keeping: 7, chunks: [], people: [] })),
    revision: (rev: number) => {
      const kept = KEPT.findLast((one) => one <= rev) ?? 0;
      return Promise.resolve({
        ...{ rev: kept, at: kept * 1000, by: '', polls: [], people: [] },
        content: [{ insert: `${kept}\n` }],
        authors: [{ by: '', length: 2 + String(kept).length - 1 }],
      });
    },
    playback: (from: number) =>
      Promise.resolve({
        to: 41,
        steps: KEPT.filter((to) => to > from).map((to) => ({
          ...{ to, at: to * 1000, by: [], polls: undefined },
          change: [{ insert: '.' }],
        })),
        people: [],
      }),
    close: () => undefined,
  } as unknown as Source;
}

test('a revision that is kept no more is answered by the last before it, and says so', async () => {
  const restored: number[] = [];
  const past = new Past(
    { restore: (_: unknown, rev: number) => restored.push(rev) } as unknown as Paper,
    folded(),
  );
  await past.open();
  expect([past.at, past.near, past.keeping]).toEqual([41, false, 7]);
  await past.show(39);
  expect([past.at, past.near]).toEqual([0, true]);
  past.restore();
  await past.show(40);
  expect([past.at, past.near]).toEqual([40, false]);
  past.restore();
  expect(restored).toEqual([0, 40]);
  await past.compareWith(17);
  expect(past.other?.rev).toBe(0);
  past.close();
});

test('a timeline from before there was a setting is of the usual one', () => {
  expect(readTimeline({ from: 0, to: 0, chunks: [], people: [] }).keeping).toBe(30);
});

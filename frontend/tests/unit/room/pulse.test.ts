import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Room } from '../../../src/lib/net/room';
import type { ActivityListener } from '../../../src/lib/net/watches';
import { added, MOST_RISING, risen, tapped, type Rising } from '../../../src/pages/pulse/counting';
import { LivePulse } from '../../../src/pages/pulse/pulse.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what was tapped between two countings; a count that begins anew is nothing', () => {
  expect(tapped({}, { up: 2, heart: 1 })).toEqual({ up: 2, heart: 1 });
  expect(tapped({ up: 2, heart: 1 }, { up: 5, heart: 1, party: 1 })).toEqual({ up: 3, party: 1 });
  expect(tapped({ up: 9 }, { up: 2 })).toEqual({});
  expect(tapped({}, { boo: 4 } as never)).toEqual({}); // of a newer server
  expect(added({ up: 1, heart: 2 }, { up: 2, clap: 1 })).toEqual({ up: 3, heart: 2, clap: 1 });
});

test('a few taps rise one by one, many as one with a number, and never more than there is room for', () => {
  let ids = 0;
  const id = () => ++ids;
  expect(risen([], { up: 3 }, id).map((one) => one.times)).toEqual([1, 1, 1]);
  expect(risen([], { clap: 214 }, id)).toEqual([{ id: 4, is: 'clap', times: 214 }]);
  let rising: Rising[] = [];
  for (let i = 0; i < MOST_RISING; i++) rising = risen(rising, { up: 1 }, id);
  const full = risen(rising, { up: 2 }, id);
  expect(full.length).toBe(MOST_RISING);
  expect(full.at(-1)).toEqual({ ...rising.at(-1), times: 3 });
  expect(rising.at(-1)?.times).toBe(1); // what is on the screen is not changed under it
  const other = risen(full, { party: 7 }, id);
  expect([other.length, other[0]]).toEqual([MOST_RISING, { id: ids, is: 'party', times: 7 }]);
});

function live() {
  let heard = {} as ActivityListener;
  const left: string[] = [];
  const room = {
    watch: (_: string, listener: ActivityListener) => (heard = listener),
    unwatch: (id: string) => left.push(id),
  } as unknown as Room;
  const pulse = new LivePulse(room);
  const open = (reactions: object) => heard.open({ reactions }, null, 1, 'pulse');
  const digest = (key: string, content: unknown) =>
    heard.digest?.({ in: 'pulse', key, through: 1, with: content });
  return { pulse, open, digest, left };
}

test('taps are shown for a moment, and what was tapped before one came is not', () => {
  const { pulse, open, digest, left } = live();
  open({ clap: 100 });
  digest('reactions', { clap: 100 });
  expect(pulse.recent).toEqual({});
  digest('reactions', { clap: 102 });
  vi.advanceTimersByTime(2000);
  digest('reactions', { clap: 103, up: 1 });
  expect(pulse.recent).toEqual({ clap: 3, up: 1 });
  expect(pulse.rising.length).toBe(4);
  pulse.over(pulse.rising[0]?.id ?? 0);
  expect(pulse.rising.length).toBe(3);
  vi.advanceTimersByTime(2999);
  expect(pulse.recent).toEqual({ clap: 3, up: 1 });
  vi.advanceTimersByTime(1);
  expect(pulse.recent).toEqual({});

  open({ clap: 900, up: 1 }); // after some time without a connection
  digest('reactions', { clap: 900, up: 1 });
  expect(pulse.recent).toEqual({});
  digest('reactions', { clap: 901, up: 1 });
  expect(pulse.recent).toEqual({ clap: 1 });
  pulse.close();
  expect(left).toEqual(['pulse']);
});

test('how many cannot follow is known to hosts, until a fresh view says otherwise', () => {
  const { pulse, open, digest } = live();
  open({});
  expect(pulse.lost).toBeNull();
  digest('lost', { people: 7, curve: [3, 7] });
  expect(pulse.lost).toEqual({ people: 7, curve: [3, 7] });
  open({}); // of somebody who is no host any more
  expect(pulse.lost).toBeNull();
});

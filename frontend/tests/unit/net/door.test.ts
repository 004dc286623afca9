// Waiting at the door, with a stream that tests speak for.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as api from '../../../src/lib/net/api';
import { waitAtDoor } from '../../../src/lib/net/door';

const BEN = { id: 'm2', name: 'Ben', colour: 2, role: 'participant' };
const ABOUT = { code: 'K7TQ2M', title: '', locked: false, door: 'everyone', people: 0 };

class Stream {
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  readyState = 0;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    Stream.all.push(this);
  }
  close(): void {
    this.readyState = Stream.CLOSED;
  }
  tell(what: object): void {
    this.onmessage?.({ data: JSON.stringify(what) });
  }
}

/** The browser gives a stream up. */
function refused(stream: Stream | undefined): void {
  stream?.close();
  stream?.onerror?.();
}

beforeEach(() => {
  vi.useFakeTimers();
  Stream.all = [];
  vi.stubGlobal('EventSource', Stream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('the answer comes once, and what only keeps the stream alive is none', () => {
  const told = vi.fn();
  waitAtDoor('K7TQ2M', told);
  const [stream] = Stream.all;
  expect(stream?.url).toBe('/api/rooms/K7TQ2M/door');
  stream?.tell({ beat: {} });
  expect(told).not.toHaveBeenCalled();
  stream?.tell({ member: BEN });
  stream?.tell({ member: BEN });
  expect(told.mock.calls).toEqual([[{ member: BEN }]]);
  expect(stream?.readyState).toBe(Stream.CLOSED);
});

test('after a stream that was refused one looks at the door, and goes on waiting', async () => {
  const told = vi.fn();
  const about = vi
    .spyOn(api, 'aboutRoom')
    .mockRejectedValueOnce(new Error('away'))
    .mockResolvedValueOnce({ ...ABOUT, waiting: true });
  waitAtDoor('K7TQ2M', told);
  refused(Stream.all[0]);
  await vi.advanceTimersByTimeAsync(6500);
  expect([about.mock.calls.length, Stream.all.length]).toEqual([2, 2]);
  Stream.all[1]?.tell({ because: 'turned-away', say: 'No.' });
  expect(told.mock.calls).toEqual([[{ because: 'turned-away', say: 'No.' }]]);
});

test('who does not wait any more is told so, and who leaves is told nothing', async () => {
  const told = vi.fn();
  vi.spyOn(api, 'aboutRoom').mockResolvedValue(ABOUT);
  waitAtDoor('K7TQ2M', told);
  refused(Stream.all[0]);
  await vi.advanceTimersByTimeAsync(3500);
  expect(told.mock.calls[0]?.[0]).toMatchObject({ because: 'not-member' });
  const leave = waitAtDoor('K7TQ2M', told);
  leave();
  Stream.all[1]?.tell({ member: BEN });
  expect(told).toHaveBeenCalledTimes(1);
});

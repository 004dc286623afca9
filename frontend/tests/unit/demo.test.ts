import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Seat, Table } from '../../src/pages/home/demo/table';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('two people write in one place at the same time, and end with the same text', () => {
  const table = new Table();
  const start = [{ insert: 'We meet\n' }];
  const [ada, ben] = [new Seat(table, start), new Seat(table, start)];
  for (let i = 0; i < 10; i++) {
    ada.edit([{ retain: 3 }, { insert: 'a' }]);
    vi.advanceTimersByTime(150);
    ben.edit([{ retain: 3 }, { insert: 'b' }]);
    vi.advanceTimersByTime(50);
  }
  expect(ada.text).not.toEqual(ben.text);
  expect([ada.saved, ben.saved]).toEqual([false, false]);
  vi.runAllTimers();
  expect(ada.text).toEqual(ben.text);
  expect(ada.text).toEqual([{ insert: expect.stringMatching(/^We [ab]{20}meet\n$/) as unknown }]);
  expect([ada.saved, ben.saved]).toEqual([true, true]);
});

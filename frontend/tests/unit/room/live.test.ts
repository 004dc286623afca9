import { expect, test, vi } from 'vitest';
import { LiveRoom } from '../../../src/lib/room/live.svelte';
import * as browser from '../../../src/lib/net/browser';
import type { Room } from '../../../src/lib/net/room';

const ada = { id: 'm1', name: 'Ada', colour: 1, role: 'owner' } as const;

/** A room that is opened, or fails to be, when the test says so. */
function opening() {
  const sent: string[] = [];
  const room = {
    watch: () => undefined,
    close: () => Promise.resolve(),
    send: (_: string, name: string) => {
      sent.push(name);
      return Promise.resolve({ is: 'done' });
    },
  } as unknown as Room;
  let done: () => void = () => undefined;
  let failed: () => void = () => undefined;
  const promise = new Promise<Room>((resolve, reject) => {
    done = () => resolve(room);
    failed = () => reject(new Error('no storage'));
  });
  vi.spyOn(browser, 'openRoom').mockReturnValueOnce(promise);
  return { sent, done, failed };
}

test('what is asked of a room that is being opened is sent when it is open', async () => {
  const { sent, done } = opening();
  const live = new LiveRoom('K7TQ2M');
  const opened = live.open(ada);
  expect(live.host).toBe(true); // the buttons are there
  const asked = live.do('add', { kind: 'doc' });
  expect(sent).toEqual([]);
  done();
  await opened;
  expect(await asked).toEqual({ is: 'done' });
  expect(sent).toEqual(['add']);
});

test('nothing is sent to a room that could not be opened, or was closed meanwhile', async () => {
  const broken = opening();
  const live = new LiveRoom('K7TQ2M');
  const opened = live.open(ada);
  const asked = live.do('add', {});
  broken.failed();
  await expect(opened).rejects.toThrow('no storage');
  expect(await asked).toBeNull();

  const left = opening();
  const other = new LiveRoom('K7TQ2M');
  const opens = other.open(ada);
  const asks = other.do('add', {});
  await other.close();
  left.done();
  await opens;
  expect(await asks).toBeNull();
  expect(left.sent).toEqual([]);
});

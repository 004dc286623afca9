import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetKept, keepCopy, keepRoom, keptCopy, keptRoom } from '../../src/lib/room/shelf';
import { openLobby } from '../../src/lib/room/lobby';

const member = { id: 'm1', name: 'Ada', colour: 1, role: 'owner' };
const room = (code: string, at: number) => ({ code, member, lobby: openLobby({ title: code }), at });

describe('the shelf', () => {
  beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));

  it('has nothing of what was never seen', async () => {
    expect(await keptRoom('AAAAAA')).toBeNull();
    expect(await keptCopy('AAAAAA', 'doc')).toBeNull();
  });

  it('gives back what was seen last, until it is forgotten', async () => {
    await keepRoom(room('AAAAAA', 1));
    await keepRoom(room('AAAAAA', 2));
    await keepCopy('AAAAAA', 'doc', { rev: 1 });
    await keepCopy('AAAAAA', 'other', { rev: 7 });
    await keepCopy('AAAAAB', 'doc', { rev: 9 });
    await keepCopy('AAAAAA', 'other', null);
    expect(await keptRoom('AAAAAA')).toEqual(room('AAAAAA', 2));
    expect(await keptCopy('AAAAAA', 'doc')).toEqual({ rev: 1 });
    expect(await keptCopy('AAAAAA', 'other')).toBeNull();
    await forgetKept('AAAAAA');
    expect([await keptRoom('AAAAAA'), await keptCopy('AAAAAA', 'doc')]).toEqual([null, null]);
    expect(await keptCopy('AAAAAB', 'doc')).toEqual({ rev: 9 });
  });

  it('has twelve rooms: the one that was not opened for longest gives way, with its copies', async () => {
    for (let i = 0; i < 12; i++) await keepRoom(room(`ROOM${i}`, 100 + i));
    await keepCopy('ROOM0', 'doc', {});
    expect(await keptRoom('ROOM0')).not.toBeNull();
    await keepRoom(room('NEWEST', 200));
    expect([await keptRoom('ROOM0'), await keptCopy('ROOM0', 'doc')]).toEqual([null, null]);
    expect(await keptRoom('ROOM1')).not.toBeNull();
  });
});

// What brakes stop for whom, as the lobby's events tell it.
import { expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import { Server } from '../../../src/lib/net/server';
import { applyLobby, NO_STOPS, openLobby, stoppedClasses, stopsFor } from '../../../src/lib/room/lobby';
import { told as toldZh } from '../../../src/languages/refusals.zh';

const member = (role: string, muted = false) => ({ id: 'm1', name: 'Ada', colour: 1, role, muted });

function after(...events: [string, object][]) {
  return events.reduce(
    (lobby, [did, content], i) =>
      applyLobby(
        lobby,
        { in: 'lobby', did, with: content, by: 'm9', peer: '', n: 0, at: 0, seq: i } as RoomEvent,
        'host',
      ),
    openLobby({}),
  );
}

test('a class is stopped for those who could use it, and never for hosts', () => {
  const lobby = after(
    ['braked', { class: 'write', on: true }],
    ['braked', { class: 'vote', on: true }],
    ['braked', { class: 'talk', on: true }],
    ['braked', { class: 'vote', on: false }],
    ['slowed', { seconds: 30 }],
  );
  expect(lobby.brakes).toEqual(['write', 'talk']);
  expect(stopsFor(lobby, member('viewer'))).toEqual({ ...NO_STOPS, slow: 30 });
  expect(stopsFor(lobby, member('participant'))).toEqual({
    write: '',
    talk: 'quiet',
    vote: '',
    react: 'quiet',
    direct: '',
    slow: 30,
  });
  expect(stopsFor(lobby, member('editor'))).toEqual({
    write: 'frozen',
    talk: 'quiet',
    vote: '',
    react: 'quiet',
    direct: '',
    slow: 30,
  });
  for (const role of ['host', 'owner']) expect(stopsFor(lobby, member(role, true))).toEqual(NO_STOPS);
  expect(stoppedClasses(stopsFor(lobby, member('editor')))).toEqual(['write', 'talk', 'react']);
});

test('how long single changes are kept is told to all', () => {
  expect(openLobby({}).keeping).toBe(30);
  expect(openLobby({ keeping: -1 }).keeping).toBe(-1);
  expect(after(['kept', { days: 7 }], ['kept', { days: 365 }]).keeping).toBe(365);
});

test('reactions stop by themselves, with talk, or for who is muted', () => {
  const still = after(['braked', { class: 'react', on: true }]);
  expect(stopsFor(still, member('participant'))).toEqual({ ...NO_STOPS, react: 'still' });
  expect(stoppedClasses(stopsFor(still, member('participant')))).toEqual(['react']);
  expect(stopsFor(still, member('viewer')).react).toBe('');
  expect(stopsFor(still, member('host'))).toEqual(NO_STOPS);
  expect(stopsFor(after(['slowed', { seconds: 5 }]), member('participant', true)).react).toBe('muted');
});

test('direct messages stop by themselves, or for who is muted, and not with talk', () => {
  const none = after(['braked', { class: 'direct', on: true }]);
  expect(stopsFor(none, member('participant'))).toEqual({ ...NO_STOPS, direct: 'no-direct' });
  expect(stoppedClasses(stopsFor(none, member('participant')))).toEqual(['direct']);
  expect(stopsFor(none, member('viewer')).direct).toBe('');
  expect(stopsFor(after(['braked', { class: 'talk', on: true }]), member('participant')).direct).toBe('');
  expect(stopsFor(after(), member('participant', true)).direct).toBe('muted');
});

test('who is muted may not talk; hosts have a list of them', () => {
  const muted = after(
    ['muted', { id: 'm2', name: 'Ben', on: true }],
    ['muted', { id: 'm1', name: 'Ada', on: true }],
  );
  expect(muted.muted.map((one) => one.name)).toEqual(['Ada', 'Ben']);
  expect(stopsFor(muted, member('participant', true)).talk).toBe('muted');
  expect(stopsFor(muted, member('participant')).talk).toBe('');
  const less = after(['muted', { id: 'm2', name: 'Ben', on: true }], ['removed', { id: 'm2', name: 'Ben' }]);
  expect([less.muted, less.removed.length]).toEqual([[], 1]);
});

test('what is stopped may not be asked for', () => {
  const server = new Server();
  const needs = (of: string) => ({ role: 'participant', class: of, unnumbered: false });
  const kinds = new Map([
    [
      'chat',
      {
        commands: new Map([
          ['say', needs('talk')],
          ['read', needs('see')],
        ]),
        signals: new Map(),
      },
    ],
  ]);
  server.joined({ build: '', epoch: '', forked: false, time: 0, member: member('participant'), kinds }, 0);
  expect(server.allows('participant', 'chat', 'say', [])).toBe(true);
  expect(server.allows('participant', 'chat', 'say', ['talk'])).toBe(false);
  expect(server.allows('participant', 'chat', 'read', ['talk'])).toBe(true);
});

test('how long the slow mode lasts is said in every language', () => {
  expect(toldZh({ because: 'slow', after: 11_200 })).toContain('12');
  expect(toldZh({ because: 'slow' })).toBeTruthy();
});

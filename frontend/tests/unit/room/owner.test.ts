// What hosts are told of links, rights and what was done, and that there are words for all of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Kind, RoomEvent } from '../../../src/lib/net/protocol';
import { applyLobby, openLobby } from '../../../src/lib/room/lobby';
import { sentence, type Line } from '../../../src/pages/room/audit/audit';
import { en as audit } from '../../../src/pages/room/audit/words';
import { rightsOf } from '../../../src/pages/room/rights/rights';
import { en as rights } from '../../../src/pages/room/rights/words';

const go = (path: string): string => readFileSync(join(import.meta.dirname, '../../../..', path), 'utf8');

function heard(...events: [string, object][]) {
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

test('a link tells what is left of it; a room that has ended is open again', () => {
  const lobby = heard(
    ['linked', { id: 'k1', role: 'editor', uses: 3, until: 9 }],
    ['linked', { id: 'k2', role: 'host' }],
    ['used', { id: 'k1', role: 'editor', used: 2 }],
    ['ended', { on: true }],
  );
  expect(lobby.links).toEqual([
    { id: 'k1', role: 'editor', uses: 3, until: 9, used: 2 },
    { id: 'k2', role: 'host' },
  ]);
  expect(lobby.ended).toBe(true);
  expect(heard(['ended', { on: true }], ['ended', { on: false }]).ended).toBe(false);
});

test('rights are what the table says, each at the least role that has it', () => {
  const needs = (role: string) => ({ role, class: 'run', unnumbered: false });
  const kind = (...commands: [string, string][]): Kind => ({
    commands: new Map(commands.map(([name, role]) => [name, needs(role)])),
    signals: new Map(),
  });
  const table = new Map([
    ['lobby', kind(['title', 'host'], ['name', 'viewer'], ['enter', 'room'], ['hand', 'owner'])],
    ['chat', kind(['say', 'participant'])],
    ['poll', kind(['vote', 'participant'])],
  ]);
  expect(rightsOf(table, ['lobby', 'chat', 'none'])).toEqual([
    { role: 'viewer', rights: [{ kind: 'lobby', commands: ['name'] }] },
    { role: 'participant', rights: [{ kind: 'chat', commands: ['say'] }] },
    { role: 'editor', rights: [] },
    { role: 'host', rights: [{ kind: 'lobby', commands: ['title'] }] },
    { role: 'owner', rights: [{ kind: 'lobby', commands: ['hand'] }] },
  ]);
});

// Those that only the room itself asks for need no words.
const byTheRoom = new Set(['enter', 'found', 'hook', 'link', 'look', 'passcode', 'screen', 'wake', 'lost']);

test.each([
  ['lobby', 'rooms/lobby.go'],
  ['chat', 'chat/chat.go'],
  ['doc', 'collab/collab.go'],
  ['source', 'collab/source.go'],
  ['poll', 'polls/kind.go'],
  ['qa', 'qa/kind.go'],
  ['survey', 'surveys/kind.go'],
])('every command of a %s has words', (kind, path) => {
  const [, table = ''] =
    /Commands: map\[string\](?:rooms\.)?Needs\{([\s\S]*?)\n\t+\},\n/.exec(go(path)) ?? [];
  const found = [...table.matchAll(/"([a-zA-Z]+)":/g)].map(([, name = '']) => name);
  expect(found.length).toBeGreaterThan(3);
  expect(found.filter((name) => !byTheRoom.has(name) && !(name in (rights.may[kind] ?? {})))).toEqual([]);
});

test('everything that is listed has a sentence of its own, with who did it', () => {
  const [, list = ''] = /var audited = \[\]string\{([\s\S]*?)\}/.exec(go('rooms/audit.go')) ?? [];
  const all = [...list.matchAll(/"([a-zA-Z]+)"/g)].map((found) => found[1] as string);
  expect(all.length).toBeGreaterThan(15);
  const content = {
    ...{ id: 'a', member: 'm2', name: 'Ben', title: 'Notes', role: 'editor', on: true, locked: true },
    ...{ class: 'write', seconds: 30, days: 7, policy: 'guests', people: [{ id: 'm2', name: 'Ben' }] },
  };
  const line = (did: string, more: object = {}): string => {
    const one: Line = { seq: 1, at: 0, by: 'm1', did, with: { ...content, ...more } };
    return sentence(one, { people: { m1: 'Ada', m2: 'Ben' }, activities: { a: 'Plans' } });
  };
  const said = all.map((did) => line(did));
  expect(said.filter((one) => !one.startsWith('Ada ') || one === audit.other('Ada'))).toEqual([]);
  expect(new Set(said).size).toBe(all.length);
  expect(line('role', { role: 'owner' })).toBe('Ada handed the room to Ben.');
  expect(line('role', { member: 'm1', role: 'host' })).toBe('Ada became a host.');
  expect(line('admitted', { people: Array.from({ length: 9 }, (_, i) => ({ id: '', name: `P${i}` })) })).toBe(
    'Ada let P0, P1, P2, and 6 more in.',
  );
});

import { beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from '../../../src/lib/net/api';
import type { RoomListener } from '../../../src/lib/net/options';
import type { Member } from '../../../src/lib/net/protocol';
import type { Room } from '../../../src/lib/net/room';
import type { ActivityListener } from '../../../src/lib/net/watches';
import { show } from '../../../src/vote/dom';
import { later } from '../../../src/vote/later';
import { page } from '../../../src/vote/page';
import { Phone, type network } from '../../../src/vote/phone';
import { event, publicly, question, view } from './table';

const BEN: Member = { id: 'm2', name: 'Ben', colour: 2, role: 'participant' };
const LINE = { state: 'live', ended: null, unsettled: 0, storage: 'ok', newVersion: false } as const;
const poll = (id: string) => ({ id, kind: 'poll', title: id, least: 'viewer', place: 1, binned: false });

/** A room behind a door, in memory. */
class House {
  member: Member | undefined;
  fails: ApiError | null = null;
  entered: string[] = [];
  waiting = false;
  atDoor: Parameters<typeof network.waitAtDoor>[1] | null = null;
  listeners = new Map<string, ActivityListener>();
  tell!: RoomListener;

  readonly network: typeof network = {
    later,
    waitAtDoor: (_, told) => {
      this.atDoor = told;
      return () => undefined;
    },
    aboutRoom: (code) => {
      if (this.fails) return Promise.reject(this.fails);
      const door = { code, title: 'Team day', locked: false, door: 'open', people: 1, waiting: this.waiting };
      return Promise.resolve(this.member ? { ...door, member: this.member } : door);
    },
    enterRoom: (_, name) => {
      if (this.fails) return Promise.reject(this.fails);
      this.entered.push(name);
      return Promise.resolve(this.waiting ? {} : { member: { ...BEN, name } });
    },
    openRoom: (_, __, listener) => {
      this.tell = listener;
      const room: Partial<Room> = {
        watch: (id, l) => void this.listeners.set(id, l),
        unwatch: (id) => void this.listeners.delete(id),
        record: () => undefined,
        ballot: () => null,
        may: () => true,
        stop: () => undefined,
        stopped: () => false,
        serverTime: () => 5000,
      };
      return Promise.resolve(room as Room);
    },
  };

  lobby(now: string, ...activities: object[]): void {
    const lobby = { title: 'Team day', now, activities };
    this.listeners.get('lobby')?.open(lobby, null, 1, 'lobby');
  }
}

function phone(house = new House()) {
  document.body.innerHTML = '<div id="page"></div>';
  const root = document.getElementById('page') as HTMLElement;
  const phone: Phone = new Phone('K7TQ2M', () => show(root, page(phone)), house.network);
  return { house, phone, text: () => root.textContent, root };
}

beforeEach(() => localStorage.clear());

describe('at the door', () => {
  test('a known device goes straight in', async () => {
    const { house, phone: p, text } = phone();
    house.member = BEN;
    await p.look();
    expect(p.inside).toBe(true);
    house.tell.line?.(LINE);
    house.lobby('');
    expect(text()).toContain('You are in');
    expect(house.entered).toEqual([]);
  });

  test('another is asked for a name once, and it is remembered', async () => {
    const { house, phone: p, root, text } = phone();
    await p.look();
    const submit = async (name: string): Promise<void> => {
      (root.querySelector('#name') as HTMLInputElement).value = name;
      root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await Promise.resolve();
    };
    await submit('  ');
    expect(text()).toContain('Please say what the others should call you.');
    expect(root.querySelector('#name')?.getAttribute('aria-invalid')).toBe('true');
    await submit(' Ben ');
    await Promise.resolve();
    expect(house.entered).toEqual(['Ben']);
    expect(p.inside).toBe(true);
    expect(localStorage.getItem('plenum.name')).toBe('Ben');
  });

  test('one waits until a host has decided, also after a reload', async () => {
    const { house, phone: p, text } = phone();
    house.waiting = true;
    await p.look();
    expect(text()).toContain('The host will let you in');
    house.atDoor?.({ because: 'turned-away', say: 'A host did not let you in.' });
    expect(text()).toContain('A host did not let you in.');
    await p.enter('Ben', '');
    expect(text()).toContain('The host will let you in');
    house.atDoor?.({ member: BEN });
    await Promise.resolve();
    expect([p.inside, p.waits]).toEqual([true, false]);
  });

  test('a refusal is said, and one can try again', async () => {
    const { house, phone: p, text } = phone();
    await p.look();
    house.fails = new ApiError('locked', 'This room is locked.', 403);
    await p.enter('Ben', '');
    expect(text()).toContain('This room is locked.');
    expect(p.inside).toBe(false);
    house.fails = null;
    await p.enter('Ben', '');
    expect(p.inside).toBe(true);
  });

  test('a room that is not there, and a server that is not there, are two things', async () => {
    const { house, phone: p, text } = phone();
    house.fails = new ApiError('no-room', 'There is no room with this code.', 404);
    await p.look();
    expect(text()).toContain('Codes have six letters and digits.');
    house.fails = new ApiError('offline', 'The server cannot be reached.', 0);
    await p.look();
    expect(text()).toContain('The server cannot be reached.');
    expect(text()).toContain('Try again');
  });

  test('a fault of ours is not taken for a refusal', async () => {
    const { house, phone: p } = phone();
    house.network.aboutRoom = () => Promise.reject(new TypeError('x is not a function'));
    await expect(p.look()).rejects.toThrow('x is not a function');
  });
});

describe('inside', () => {
  async function inside() {
    const all = phone();
    all.house.member = BEN;
    await all.phone.look();
    all.house.tell.line?.(LINE);
    return all;
  }

  test('it follows what is on everyone’s screen', async () => {
    const { house, phone: p, text } = await inside();
    house.lobby('poll-1', poll('poll-1'), poll('poll-2'));
    expect(house.listeners.has('poll-1')).toBe(true);
    house.listeners.get('poll-1')?.open(view(publicly(question())), null, 3, 'poll');
    expect(text()).toContain('Where to?');
    const seat = p.seat;
    house.listeners.get('lobby')?.event(event('focused', { id: 'poll-1' }, 4));
    expect(p.seat).toBe(seat);
    house.listeners.get('lobby')?.event(event('focused', { id: 'poll-2' }, 5));
    expect([...house.listeners.keys()]).toEqual(['lobby', 'poll-2']);
    house.listeners.get('lobby')?.event(event('binned', { id: 'poll-2' }, 6));
    expect([...house.listeners.keys()]).toEqual(['lobby']);
    expect(text()).toContain('You are in');
  });

  test('something else on the screens is named, with a way to it', async () => {
    const { house, text, root } = await inside();
    house.lobby('doc-1', { ...poll('doc-1'), kind: 'doc', title: 'Notes' });
    expect(text()).toContain('Notes is on everyone’s screen');
    expect(root.querySelector('a.primary')?.getAttribute('href')).toBe('/r/K7TQ2M');
  });

  test.each([
    ['removed', 'A host removed you from this room.', 'To the start page'],
    ['enter', 'This device is not known in the room any more.', 'Load again'],
    ['protocol', 'This page is too old for the room.', 'Load again'],
  ] as const)('when it has ended (%s) it says why', async (ended, why, next) => {
    const { house, text } = await inside();
    house.lobby('');
    house.tell.line?.({ ...LINE, state: 'ended', ended });
    expect(text()).toContain(why);
    expect(text()).toContain(next);
  });

  test('offline is said, and refusals that nothing else says', async () => {
    const { house, text, root } = await inside();
    house.lobby('');
    house.tell.line?.({ ...LINE, state: 'offline' });
    expect(root.querySelector('header')?.textContent).toContain('Offline');
    house.tell.refused?.({ because: 'closed', say: 'This question is closed.' }, {} as never);
    expect(text()).toContain('This question is closed.');
  });
});

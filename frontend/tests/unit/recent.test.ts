import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetRoom, myName, recentRooms, rememberName, rememberRoom } from '../../src/lib/recent';

describe('recent rooms', () => {
  beforeEach(() => localStorage.clear());

  it('lists each room once, the last opened first', () => {
    rememberRoom({ code: 'AAAAAA', title: 'First', at: 1 });
    rememberRoom({ code: 'BBBBBB', title: 'Second', at: 2 });
    rememberRoom({ code: 'AAAAAA', title: 'First, renamed', at: 3 });
    expect(recentRooms().map((r) => r.title)).toEqual(['First, renamed', 'Second']);
  });

  it('keeps the last twelve', () => {
    for (let at = 1; at <= 20; at++) rememberRoom({ code: `ROOM${at + 10}`, title: '', at });
    expect(recentRooms().map((r) => r.at)).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9]);
  });

  it('forgets a room, and an undo puts it back where it was', () => {
    const first = { code: 'AAAAAA', title: 'First', at: 1 };
    rememberRoom(first);
    rememberRoom({ code: 'BBBBBB', title: 'Second', at: 2 });
    expect(forgetRoom('AAAAAA').map((r) => r.code)).toEqual(['BBBBBB']);
    expect(rememberRoom(first).map((r) => r.code)).toEqual(['BBBBBB', 'AAAAAA']);
  });

  it.each(['', 'nonsense', '{"a":1}', '[null,3,{"code":"AAAAAA"}]'])('survives %j in the storage', (junk) => {
    localStorage.setItem('plenum.rooms', junk);
    expect(recentRooms()).toEqual([]);
  });

  it('works where storage is refused', () => {
    const refuse = () => {
      throw new DOMException('no', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    try {
      expect(rememberRoom({ code: 'AAAAAA', title: '', at: 1 })).toHaveLength(1);
      expect(recentRooms()).toEqual([]);
      rememberName('Ada');
      expect(myName()).toBe('');
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

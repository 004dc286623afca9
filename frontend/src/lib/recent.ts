/** A room that was opened on this device. */
export interface Recent {
  code: string;
  title: string;
  at: number; // when it was last opened, Unix milliseconds
}

const rooms = 'plenum.rooms';
const name = 'plenum.name';
const most = 12;

/** The rooms opened on this device, the last one first. */
export function recentRooms(): Recent[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(rooms) ?? '[]');
    return Array.isArray(found) ? found.filter(isRecent) : [];
  } catch {
    return []; // no storage, or something else wrote there
  }
}

/** Puts a room where it belongs in the list; the same code is listed once. */
export function rememberRoom(room: Recent): Recent[] {
  const others = recentRooms().filter((r) => r.code !== room.code);
  const list = [...others, room].sort((a, b) => b.at - a.at).slice(0, most);
  keep(rooms, JSON.stringify(list));
  return list;
}

/** Takes a room off the list. The room itself knows nothing of it. */
export function forgetRoom(code: string): Recent[] {
  const list = recentRooms().filter((r) => r.code !== code);
  keep(rooms, JSON.stringify(list));
  return list;
}

/** The name last used on this device, or "". */
export function myName(): string {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

export function rememberName(mine: string): void {
  keep(name, mine);
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A convenience only: without storage the person types it again.
  }
}

function isRecent(r: unknown): r is Recent {
  if (typeof r !== 'object' || r === null) return false;
  const { code, title, at } = r as Record<string, unknown>;
  return typeof code === 'string' && typeof title === 'string' && typeof at === 'number';
}

import { myRooms } from '../../../lib/net/account';
import { ask, type ViewAnswer } from '../../../lib/net/api';
import type { Listed } from '../../../lib/room/lobby';

/** The polls of a room, but for one. */
export async function pollsOf(code: string, but = ''): Promise<Listed[]> {
  const path = `/api/rooms/${encodeURIComponent(code)}/activities/lobby/view`;
  const { view } = await ask<ViewAnswer>(path);
  const { activities } = view as { activities: readonly Listed[] };
  return activities.filter(({ id, kind, binned }) => kind === 'poll' && !binned && id !== but);
}

/** The other rooms that one runs: what was asked there can be compared. */
export async function roomsToCompare(code: string): Promise<{ code: string; title: string }[]> {
  const all = await myRooms();
  return all.filter((room) => room.code !== code && ['host', 'owner'].includes(room.role) && !room.until);
}

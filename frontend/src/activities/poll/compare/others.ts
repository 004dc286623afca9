import { myRooms } from '../../../lib/net/account';
import type { Listed } from '../../../lib/room/lobby';
import { listed } from '../out/listed';

/** The polls of a room, but for one. */
export async function pollsOf(code: string, but = ''): Promise<Listed[]> {
  return (await listed(code, 'poll')).filter(({ id }) => id !== but);
}

/** The other rooms that one runs: what was asked there can be compared. */
export async function roomsToCompare(code: string): Promise<{ code: string; title: string }[]> {
  const all = await myRooms();
  return all.filter((room) => room.code !== code && ['host', 'owner'].includes(room.role) && !room.until);
}

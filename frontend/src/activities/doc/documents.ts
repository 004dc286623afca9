import { read } from '../../lib/net/api';
import { deviceClock } from '../../lib/net/clock';
import type { Room } from '../../lib/net/room';
import { keepCopy, keptCopy } from '../../lib/room/shelf';
import { LiveDocument } from './document';

const rooms = new WeakMap<Room, Map<string, LiveDocument>>();

/** The document of a room in this page: the same as long as it is shown or has something to save. */
export function documentOf(room: Room, id: string): LiveDocument {
  const all = rooms.get(room) ?? new Map<string, LiveDocument>();
  rooms.set(room, all);
  const open = all.get(id);
  if (open) return open;
  const made = new LiveDocument({
    room,
    id,
    clock: deviceClock,
    random: Math.random,
    shelf: { get: () => keptCopy(room.code, id), put: (copy) => keepCopy(room.code, id, copy) },
    changes: (from) => read(room.code, id, 'changes', { from: String(from), peer: room.peer }),
    idle: () => {
      if (all.get(id) !== made) return;
      all.delete(id);
      made.close();
    },
  });
  all.set(id, made);
  return made;
}

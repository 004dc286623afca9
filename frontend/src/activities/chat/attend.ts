import type { Attention } from '..';
import type { Room } from '../../lib/net/room';
import { DIRECT, hold, holdDirect, release, releaseDirect } from './chat.svelte';

/** Follows a room's chat, and the direct messages of this person, while they are not shown. */
export function attend(room: Room, id: string): Attention {
  const live = id === DIRECT ? null : hold(room, id);
  const direct = holdDirect(room);
  return {
    get unread() {
      return (live?.fresh ?? 0) + direct.fresh;
    },
    get called() {
      return (live?.called ?? false) || direct.fresh > 0;
    },
    from: (person) => direct.from(person),
    show: (seq, activity) => {
      direct.shown = activity === DIRECT;
      (activity === DIRECT ? direct : live)?.show(seq);
    },
    write: (person) => direct.writeTo(person),
    close: () => {
      if (live) release(room, id);
      releaseDirect(room);
    },
  };
}

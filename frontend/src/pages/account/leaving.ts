import { myRooms } from '../../lib/net/account';
import { forgetRoom } from '../../lib/recent';
import { router } from '../../lib/router.svelte';
import { toasts } from '../../ui/toasts.svelte';

/**
 * Ends that this device is signed in, and goes to the start page. The account's rooms are not listed there
 * any more: they come back with it, and whoever has this device next need not see them.
 */
export async function leave(end: () => Promise<unknown>, done: string): Promise<void> {
  const rooms = await myRooms();
  await end();
  for (const room of rooms) forgetRoom(room.code);
  toasts.tell(done);
  router.go('/');
}

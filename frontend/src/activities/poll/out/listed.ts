import { ask, type ViewAnswer } from '../../../lib/net/api';
import type { Listed } from '../../../lib/room/lobby';

/** The activities of a kind in a room, without those in the bin. */
export async function listed(code: string, kind: string): Promise<Listed[]> {
  const { view } = await ask<ViewAnswer>(`/api/rooms/${encodeURIComponent(code)}/activities/lobby/view`);
  const { activities } = view as { activities: readonly Listed[] };
  return activities.filter((one) => one.kind === kind && !one.binned);
}

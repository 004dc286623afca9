import { kinds, type ActivityModule } from '../../activities';
import { toasts } from '../../ui/toasts.svelte';
import type { LiveRoom } from './live.svelte';
import type { Listed } from './lobby';

/** As many characters as a title may have. */
const TITLE = 120;

/** The kind of activity that a file can become, if any. */
export function kindFor(file: File): ActivityModule | undefined {
  return kinds.find((kind) => kind.files?.takes(file));
}

/** Adds an activity to the room and returns its id; null if that was refused, which the person is told. */
export async function addKind(
  live: LiveRoom,
  kind: string,
  title = '',
  settings?: unknown,
): Promise<string | null> {
  const outcome = await live.do('add', { kind, title, ...(settings !== undefined && { settings }) });
  const made = outcome?.is === 'done' ? (outcome.event?.with as Listed | undefined) : undefined;
  return made?.id ?? null;
}

/**
 * Adds an activity to the room that a file becomes, and returns its id; null if it could not be, which the
 * person is told. An activity that could not be filled does not stay.
 */
export async function bringFile(live: LiveRoom, kind: ActivityModule, file: File): Promise<string | null> {
  const { files } = kind;
  if (!files) return null;
  const id = await addKind(live, kind.kind, files.title(file).slice(0, TITLE), await files.settings?.(file));
  if (!id) return null;
  const problem = await files.bring(live.code, id, file);
  if (problem === null) return id;
  toasts.warn(problem);
  void live.do('bin', { id });
  return null;
}

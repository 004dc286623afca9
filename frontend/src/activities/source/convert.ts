import { told } from '../../lib/i18n';
import { ApiError, ask, post, postFile, readPath, tell } from '../../lib/net/api';
import type { Room } from '../../lib/net/room';
import { toasts } from '../../ui/toasts.svelte';
import { words } from './words';

/** Makes a new document of the other kind that says the same, as far as both can. The one that there is stays. */
export async function convert(room: Room, id: string, to: 'doc' | 'source'): Promise<void> {
  try {
    const { title, text } = await exported(room.code, id);
    const made = await ask<{ events?: { with: { id: string } }[] }>(
      path(room.code, 'add'),
      post({ with: { kind: to, title } }),
    );
    const copy = made.events?.[0]?.with.id;
    if (!copy) throw new Error('no id');
    try {
      await postFile(room.code, copy, 'import', 'text/markdown; charset=utf-8', text);
    } catch (error) {
      await tell(room.code, 'lobby', 'bin', { id: copy });
      throw error;
    }
    toasts.tell(words().made(title));
  } catch (error) {
    toasts.warn(error instanceof ApiError ? told(error) : words().failed);
  }
}

/** The document as Markdown, and what it is called. */
async function exported(code: string, id: string): Promise<{ title: string; text: string }> {
  const lobby = await ask<{ view: { activities: { id: string; title: string }[] } }>(path(code, 'view'));
  const answer = await fetch(readPath(code, id, 'export', { format: 'markdown' }), {
    credentials: 'same-origin',
  });
  if (!answer.ok) throw new Error(`export: ${answer.status}`);
  const title = lobby.view.activities.find((one) => one.id === id)?.title;
  return { title: title || words().untitled, text: await answer.text() };
}

function path(code: string, what: string): string {
  return `/api/rooms/${encodeURIComponent(code)}/activities/lobby/${what}`;
}

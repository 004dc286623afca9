import { told } from '../../../lib/i18n';
import { ApiError, ask, post, tell } from '../../../lib/net/api';
import type { Question } from '../../poll/question';
import { asking } from './placing';
import { words } from './words';

/**
 * Makes a poll of one question in the room, for those who may see the document; it is not queued, so that
 * nothing is put into the text that is not there. Returns its name in the text, or why there is none.
 */
export async function makePoll(
  code: string,
  document: string,
  question: Question,
): Promise<{ name: string } | { failed: string }> {
  try {
    const lobby = await ask<{ view: { activities: { id: string; least: string }[] } }>(path(code, 'view'));
    const least = lobby.view.activities.find(({ id }) => id === document)?.least ?? 'viewer';
    const made = await ask<{ events?: { with: { id: string } }[] }>(
      path(code, 'add'),
      post({ with: asking({ ...question, id: QUESTION }, document, least) }),
    );
    const id = made.events?.[0]?.with.id;
    return id ? { name: `${id}/${QUESTION}` } : { failed: words().failed };
  } catch (error) {
    return { failed: error instanceof ApiError ? told(error) : words().failed };
  }
}

/** Shows the question where it stands, and opens it if that is wanted. */
export async function begin(code: string, name: string, open: boolean): Promise<string | null> {
  const [activity = '', question = ''] = name.split('/');
  try {
    await tell(code, activity, open ? 'open' : 'present', { question });
    return null;
  } catch (error) {
    return error instanceof ApiError ? told(error) : words().failed;
  }
}

const QUESTION = 'q1';

function path(code: string, what: string): string {
  return `/api/rooms/${encodeURIComponent(code)}/activities/lobby/${what}`;
}

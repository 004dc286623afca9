import { ApiError, ask, tell } from '../../../../lib/net/api';
import { isInsert, type Delta } from '../../../../lib/delta';
import { textOf } from '../../lines';
import { readView } from '../../told';
import { lettersOf, type Cleaned, type Place } from './clean';
import type { WordComment } from './remarks';

/** As many characters as a comment may have, and a passage. */
const MOST_WORDS = 4000;
const MOST_PASSAGE = 10_000;

/** How often something is asked again for which there was no time, and how long that waits. */
const TRIES = 40;
const PAUSE = 500;

/**
 * Says the comments of a file anew, in the document that it has become. The person who brings it says them, and
 * the words begin with who it was. Returns how many could not be said.
 */
export async function comment(
  code: string,
  id: string,
  comments: readonly WordComment[],
  cleaned: Cleaned,
  step: (done: number) => void,
  signal: AbortSignal,
): Promise<number> {
  const all = countOf(comments);
  if (all === 0) return 0;
  const path = `/api/rooms/${encodeURIComponent(code)}/activities/${encodeURIComponent(id)}/view`;
  const { view } = await ask<{ view: unknown }>(path);
  const { rev, content } = readView(view);
  const at = lettersIn(content, cleaned.letters);
  let done = 0;
  for (const one of at ? comments : []) {
    const passage = at && passageOf(at, cleaned.places.get(one.id));
    if (signal.aborted) break;
    if (!passage) continue;
    try {
      const thread = await say(code, id, 'comment', { base: rev, ...passage, text: wordsOf(one) });
      step(++done);
      for (const reply of one.replies) {
        await say(code, id, 'reply', { thread, text: wordsOf(reply) });
        step(++done);
      }
      if (one.resolved) await say(code, id, 'resolve', { thread });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 0 || error.because === 'comments-full') break; // the others are told as left out
    }
  }
  return all - done;
}

/** How many there are, with replies. */
export function countOf(comments: readonly WordComment[]): number {
  return comments.reduce((sum, { replies }) => sum + 1 + replies.length, 0);
}

/** Where each letter of a document stands; null if it does not have these letters. */
export function lettersIn(content: Delta, letters: string): number[] | null {
  const out: number[] = [];
  let [at, same] = [0, true];
  for (const op of content) {
    if (!isInsert(op)) continue;
    const text = textOf(op);
    if (typeof op.insert === 'string')
      for (let i = 0; i < text.length; i++) {
        const letter = text[i] as string;
        if (lettersOf(letter) === '') continue;
        same &&= letter === letters[out.length];
        out.push(at + i);
      }
    at += text.length;
  }
  return same && out.length === letters.length ? out : null;
}

/** The passage between letters; one that is about a point is about the letter beside it. */
export function passageOf(
  at: readonly number[],
  place: Place | undefined,
): { from: number; to: number } | null {
  if (!place) return null;
  const last = Math.min(Math.max(place.to, place.from + 1), at.length) - 1;
  const [from, end] = [at[Math.min(place.from, last)], at[last]];
  if (from === undefined || end === undefined) return null;
  return { from, to: Math.min(end + 1, from + MOST_PASSAGE) };
}

/** What somebody has said elsewhere: only the person who brings it says it here. */
export function wordsOf({ author, date, text }: WordComment): string {
  const day = /^\d{4}-\d\d-\d\d/.exec(date)?.[0];
  const who = [author.trim(), day].filter(Boolean).join(', ');
  const all = who ? `${who}: ${text}` : text;
  return all.length <= MOST_WORDS ? all : `${all.slice(0, MOST_WORDS - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Says something, again if there was no time for it; returns the number of what was said. */
async function say(code: string, id: string, name: string, content: object): Promise<number> {
  for (let left = TRIES; ; left--) {
    try {
      const { seq, events } = await tell(code, id, name, content);
      const [first] = (events ?? []) as { seq?: number }[];
      return first?.seq ?? seq ?? 0;
    } catch (error) {
      const waits =
        error instanceof ApiError && ['rate', 'busy', 'loading', 'moving'].includes(error.because);
      if (!waits || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

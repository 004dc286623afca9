import { told } from '../../../../lib/i18n';
import { ApiError, postFile } from '../../../../lib/net/api';
import { toasts } from '../../../../ui/toasts.svelte';
import { words } from '../words';
import { cleaned } from './clean';
import { brought } from './images';
import type { Left } from './parts';
import type { Read } from './read';
import { Bringing } from './reading.svelte';
import { comment, countOf } from './talk';
import { BadFile } from './trouble';
import type { Answer } from './word-reader';
import { MOST_BYTES } from './zip';

/** A file that takes longer than that to be read is made to take long. */
const MOST_TIME = 90_000;

/**
 * Fills an empty document with a Word file. The text comes in as one change, or not at all; what it says then is
 * said to the person. What could not be taken along is told, too. Null if all went well.
 */
export async function bringWord(code: string, id: string, file: File): Promise<string | null> {
  const bringing = new Bringing(file.name);
  const { signal } = bringing;
  try {
    if (file.size > MOST_BYTES) throw new BadFile('large');
    const read = await apart(await file.arrayBuffer(), signal);
    const { steps } = words();
    const all = read.pictures.length;
    const pictures = await brought(
      code,
      read.pictures,
      (n) => (bringing.step = steps.pictures(n, all)),
      signal,
    );
    if (signal.aborted) throw new BadFile('stopped');
    const page = cleaned(read.html, pictures);
    await postFile(code, id, 'import', 'text/html; charset=utf-8', page.html);
    const step = (n: number): string => (bringing.step = steps.comments(n));
    // The text is there: that its comments are not, is told like all that is left out.
    const lost = await comment(code, id, read.comments, page, step, signal).catch(() =>
      countOf(read.comments),
    );
    const left = { ...read.left, pictures: read.left.pictures + pictures.filter((one) => !one).length };
    tellLeft(left, lost);
    return null;
  } catch (error) {
    if (error instanceof ApiError) return signal.aborted ? words().why.stopped : told(error);
    return words().why[error instanceof BadFile ? error.why : 'broken'];
  } finally {
    bringing.end();
  }
}

/** Reads a file on another thread, which ends with it. */
function apart(file: ArrayBuffer, signal: AbortSignal): Promise<Read> {
  const worker = new Worker(new URL('./word-reader.ts', import.meta.url), { type: 'module' });
  let late: ReturnType<typeof setTimeout> | undefined;
  return new Promise<Read>((resolve, reject) => {
    late = setTimeout(() => reject(new BadFile('tangled')), MOST_TIME);
    const stop = (): void => reject(new BadFile('stopped'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    worker.onerror = worker.onmessageerror = () => reject(new BadFile('broken'));
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ('read' in data) resolve(data.read);
      else reject(new BadFile(data.why));
    };
    worker.postMessage(file, [file]);
  }).finally(() => {
    clearTimeout(late);
    worker.terminate();
  });
}

/** Says what of a file is not in the document. */
function tellLeft(left: Left, comments: number): void {
  const say = words().left;
  const parts = [
    comments > 0 ? say.comments(comments) : '',
    left.pictures > 0 ? say.pictures(left.pictures) : '',
    left.formulas > 0 ? say.formulas(left.formulas) : '',
    left.others > 0 ? say.others(left.others) : '',
    left.margins ? say.margins : '',
  ].filter(Boolean);
  const sentences = [
    parts.length > 0 ? say.all(parts) : '',
    left.changes > 0 ? say.changes(left.changes) : '',
  ].filter(Boolean);
  if (sentences.length > 0) toasts.tell(sentences.join(' '));
}

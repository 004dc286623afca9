import { isInsert, type Delta } from '../../../../lib/delta';
import { fileUrl } from '../../../../lib/files/files';
import { ask } from '../../../../lib/net/api';
import { imageOf } from '../../picture';
import { linesOf } from './lines';
import { MOST } from './most';
import type { Made, Order } from './word-writer';
import type { Paper, Written } from './write';

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export interface Saved {
  file: Blob;
  name: string;
  /** How many pictures are not in it. */
  missing: number;
}

/** Makes a Word file of a document. `somebody`: who has suggested what, if that is not known. */
export async function wordOf(
  code: string,
  id: string,
  shown: Omit<Paper, 'title'>,
  somebody: string,
): Promise<Saved> {
  const title = (await titleOf(code, id)) || firstLine(shown.text);
  const pictures = await picturesIn(code, shown.text);
  const order: Order = { origin: location.origin, somebody, paper: { ...shown, title }, pictures };
  const { file, missing } = await apart(order);
  return { file: new Blob([file], { type: TYPE }), name: `${fileName(title)}.docx`, missing };
}

/** Has a file made on another thread, which ends with it. */
function apart(order: Order): Promise<Written> {
  const worker = new Worker(new URL('./word-writer.ts', import.meta.url), { type: 'module' });
  return new Promise<Written>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message || 'The worker could not be loaded.'));
    worker.onmessage = ({ data }: MessageEvent<Made>) => {
      if (data) resolve(data);
      else reject(new Error('The file could not be made.'));
    };
    worker.postMessage(order);
  }).finally(() => worker.terminate());
}

/** The pictures of a text, as far as they are there: workers are allowed to ask for nothing. */
async function picturesIn(code: string, text: Delta): Promise<Map<string, Uint8Array>> {
  const out = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const op of text) {
    const file = isInsert(op) ? imageOf(op.insert) : null;
    if (!file || out.has(file) || bytes > MOST) continue;
    const got = await fetch(fileUrl(code, file)).catch(() => null);
    if (!got?.ok) continue;
    const picture = new Uint8Array(await got.arrayBuffer());
    bytes += picture.length;
    out.set(file, picture);
  }
  return out;
}

/** What the room calls the document; '' if it has no name, or the server cannot be reached. */
async function titleOf(code: string, id: string): Promise<string> {
  const path = `/api/rooms/${encodeURIComponent(code)}/activities/lobby/view`;
  const lobby = await ask<{ view?: { activities?: { id: string; title?: string }[] } }>(path).catch(
    () => null,
  );
  return lobby?.view?.activities?.find((one) => one.id === id)?.title ?? '';
}

/** What a document without a title is called by, as on the server. */
function firstLine(text: Delta): string {
  const line = linesOf(text).find(({ pieces }) => pieces.length > 0);
  return (line?.pieces ?? [])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('')
    .trim()
    .slice(0, 200);
}

/** As long as the names of the other files. */
const LONGEST = 60;

/** A title as every system can have it for the name of a file, as on the server. */
export function fileName(title: string): string {
  const parts = title.split(/[\0- \x7f<>:"/\\|?*]+/).filter((part) => part !== '');
  const name = [...parts.join(' ')].slice(0, LONGEST).join('');
  return name.replace(/^[. ]+|[. ]+$/g, '') || 'document';
}

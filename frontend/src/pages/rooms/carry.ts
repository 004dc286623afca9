// Whole rooms, carried: duplicated, taken along as a ZIP, and made again of one.
import { language } from '../../lib/i18n';
import { ask, offline, post, refusal, type ApiError } from '../../lib/net/api';

/** The longest title, in UTF-16 units. */
const longest = 200;

/** A room that was just made. */
export interface Made {
  code: string;
}

/** Makes another room of the same documents and decks; who asks owns it. */
export function duplicateRoom(code: string, title: string): Promise<Made> {
  return ask(`/api/rooms/${encodeURIComponent(code)}/duplicate`, post({ title: fitting(title) }));
}

/** A title, cut where it would be too long, and not within a character. */
export function fitting(title: string): string {
  return title.length <= longest ? title : title.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** Lets the browser download the whole room; how far it is, it shows itself. */
export async function takeRoom(code: string): Promise<void> {
  const path = `/api/rooms/${encodeURIComponent(code)}`;
  await ask(path); // who is not there, or has no network, reads a sentence and not a broken download
  const link = document.createElement('a');
  link.href = `${path}/zip?language=${language()}`;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/** Makes a room of a ZIP; `told` hears which part of it has gone out. An ApiError if it is not taken. */
export function importRoom(
  file: Blob,
  as: { name: string; title: string },
  told: (part: number) => void,
  signal: AbortSignal,
): Promise<Made> {
  // Not fetch: it does not tell how much has gone out.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject: (why: ApiError) => void) => {
    request.open('POST', `/api/rooms/import?${new URLSearchParams(as).toString()}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/zip');
    request.upload.onprogress = (event) => told(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = request.onabort = () => reject(offline());
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Made);
      else reject(refusal(request.status, request.response));
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

import { decoded } from '../../../lib/files/decoded';
import { fileUrl } from '../../../lib/files/files';
import { ApiError, postFile, readPath } from '../../../lib/net/api';
import { told } from '../../../lib/i18n';
import { words } from './words';

const WORD = 'word';

/** The media types of files that can become a document, by the end of their name. Word files are read here first. */
const TYPES: Record<string, string> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  docx: WORD,
};

export const ACCEPT = Object.keys(TYPES)
  .map((end) => `.${end}`)
  .join(',');

export function typeOf({ name }: { name: string }): string | null {
  return TYPES[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null;
}

/** What a document is called that a file becomes. */
export function titleOf({ name }: { name: string }): string {
  return name.replace(/\.[^.]+$/, '').trim();
}

/** Fills an empty document with a file. What it says is said to the person; null if all went well. */
export async function bring(code: string, id: string, file: File): Promise<string | null> {
  const type = typeOf(file);
  if (!type) return words().files.kinds;
  try {
    if (type === WORD) return await (await import('../word/in/bring')).bringWord(code, id, file);
    await postFile(code, id, 'import', `${type}; charset=utf-8`, decoded(await file.arrayBuffer()));
    return null;
  } catch (error) {
    return error instanceof ApiError ? told(error) : words().files.failed;
  }
}

/** Lets the person keep the document as a file. */
export function save(code: string, id: string, format: '' | 'markdown' | 'html' | 'text'): void {
  keep(readPath(code, id, 'export', { format }), '');
}

/** The same as a page that has its images in it, as far as they are there and not too many. */
export async function savePage(code: string, id: string): Promise<void> {
  const answer = await fetch(readPath(code, id, 'export', { format: 'html' }));
  const page = await answer.text();
  const files = new Set(page.match(/(?<=<img src="files\/)sha256-[0-9a-f]{64}(?=")/g));
  if (!answer.ok || files.size === 0) return save(code, id, 'html');
  let whole = page;
  let left = MOST_IN_PAGE;
  for (const file of files) {
    const image = await fetch(fileUrl(code, file)).then((got) => (got.ok ? got.blob() : null));
    if (!image || (left -= image.size) < 0) continue;
    whole = whole.replaceAll(`src="files/${file}"`, `src="${await asData(image)}"`);
  }
  const name = /filename\*?=(?:utf-8'')?"?([^";]+)/i.exec(
    answer.headers.get('Content-Disposition') ?? '',
  )?.[1];
  keepBlob(new Blob([whole], { type: 'text/html' }), decodeURIComponent(name ?? 'document.html'));
}

/** Bytes of images in a page. */
const MOST_IN_PAGE = 30_000_000;

function asData(image: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('The image could not be read.'));
    reader.readAsDataURL(image);
  });
}

/** Lets the person keep what was made here. */
export function keepBlob(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  keep(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function keep(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

// Files of a room: how they are brought, and where they are.
import { offline, refusal, type ApiError } from '../net/api';

/** A file as the server has it. The hash is its name wherever it is named. */
export interface StoredFile {
  hash: string;
  name: string;
  type: string;
  size: number;
  /** Of an image, in pixels. */
  width?: number;
  height?: number;
}

export { fileUrl } from './url';

/** How the name of a file begins, as Go's rooms.IsFile has it. */
export function isFileName(text: unknown): text is string {
  return typeof text === 'string' && /^sha256-[0-9a-f]{64}$/.test(text);
}

/** Brings a file into a room; `told` hears which part of it has gone out. An ApiError if it is not taken. */
export function bring(
  code: string,
  file: Blob,
  name: string,
  told: (part: number) => void,
  signal: AbortSignal,
): Promise<StoredFile> {
  // Not fetch: it does not tell how much has gone out.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject: (why: ApiError) => void) => {
    request.open('POST', `/api/rooms/${encodeURIComponent(code)}/files?name=${encodeURIComponent(name)}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => told(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = request.onabort = () => reject(offline());
    request.onload = () => {
      if (request.status === 201) resolve(request.response as StoredFile);
      else reject(refusal(request.status, request.response));
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** 1,234,567 bytes as people say it: "1.2 MB". */
export function sizeOf(bytes: number, tag: string): string {
  const [unit, by] = bytes < 1e6 ? ['kilobyte', 1e3] : ['megabyte', 1e6];
  const most = bytes < 10 * (by as number) ? 1 : 0;
  const format = { style: 'unit', unit: unit as string, maximumFractionDigits: most } as const;
  return new Intl.NumberFormat(tag, format).format(Math.max(bytes, 100) / (by as number));
}

import { bring } from '../../../../lib/files/files';
import { ApiError } from '../../../../lib/net/api';
import type { Stored } from './clean';
import { crc32 } from './crc';
import { BadFile } from './trouble';

/** As many as a document can name in one change. */
const MOST = 1000;

/** What a room takes as images, by the first bytes. Whatever a file says that it is, they decide, and the server looks again. */
export function isImage(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  return /^(\x89PNG|\xff\xd8\xff|GIF8)/.test(head) || /^RIFF[^]{4}WEBP/.test(head);
}

/** Brings the pictures of a file into the room, each once. Null stands for one that cannot be; an ApiError, if nobody is there to take them. */
export async function brought(
  code: string,
  pictures: readonly Uint8Array[],
  step: (done: number) => void,
  signal: AbortSignal,
): Promise<(Stored | null)[]> {
  const known = new Map<string, Promise<Stored | null>>();
  const out: (Stored | null)[] = [];
  for (const bytes of pictures) {
    if (signal.aborted) throw new BadFile('stopped');
    const key = `${bytes.length} ${crc32(bytes)}`;
    if (!known.has(key)) known.set(key, known.size < MOST ? one(code, bytes, signal) : Promise.resolve(null));
    out.push((await known.get(key)) ?? null);
    step(out.length);
  }
  return out;
}

async function one(code: string, bytes: Uint8Array, signal: AbortSignal): Promise<Stored | null> {
  if (!isImage(bytes)) return null;
  try {
    const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
    const { hash, width = 0, height = 0 } = await bring(code, blob, 'picture', () => undefined, signal);
    return width > 0 && height > 0 ? { hash, width, height } : null;
  } catch (error) {
    if (error instanceof ApiError && ['image', 'pixels', 'file-size'].includes(error.because)) return null;
    throw error;
  }
}

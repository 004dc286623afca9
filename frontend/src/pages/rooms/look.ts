// What is in the ZIP of a room, before it is sent anywhere: read here, of a file of any size only the parts
// that say it. The server looks again, and decides.

/** What a ZIP says of itself. */
export interface Look {
  title: string;
  /** How many activities there are of each kind. */
  kinds: ReadonlyMap<string, number>;
  /** How many images and files. */
  files: number;
  /** How many of those were gone when it was made. */
  missing: number;
}

/** A file that is not the ZIP of a room, or one of a later version: the server's code for it. */
export class Unfit extends Error {
  readonly because: 'zip' | 'zip-newer';

  constructor(because: Unfit['because']) {
    super(because);
    this.because = because;
  }
}

const format = 1;
const tail = 22 + 65_535; // where the end of a ZIP begins at the earliest
const mostListed = 2 << 20; // bytes, as the server has it
const mostSaid = 1 << 20;
const endOf = 0x06054b50;
const entryOf = 0x02014b50;
const contentOf = 0x04034b50;

interface Entry {
  method: number;
  packed: number;
  at: number;
}

/** Looks into a file. Null if it may be fine, and this browser cannot tell. */
export async function lookInto(file: Blob): Promise<Look | null> {
  const end = await part(file, Math.max(0, file.size - tail), file.size);
  const at = lastOf(end, endOf);
  if (at < 0 || at + 22 > end.byteLength) throw new Unfit('zip');
  const size = end.getUint32(at + 12, true);
  const start = end.getUint32(at + 16, true);
  if (start === 0xffff_ffff || size > mostListed) return null; // larger than it is worth to read here
  const entry = found(await part(file, start, start + size));
  if (!entry) throw new Unfit('zip');
  const text = await unpacked(file, entry);
  return text === null ? null : read(text);
}

async function part(file: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

function lastOf(view: DataView, mark: number): number {
  for (let at = view.byteLength - 22; at >= 0; at--) if (view.getUint32(at, true) === mark) return at;
  return -1;
}

/** The entry room.json: at the top, or in a folder that somebody has packed again. */
function found(list: DataView): Entry | null {
  const names = new TextDecoder();
  let inFolder: Entry | null = null;
  for (let at = 0; at + 46 <= list.byteLength && list.getUint32(at, true) === entryOf;) {
    const length = list.getUint16(at + 28, true);
    const next = at + 46 + length + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
    if (next > list.byteLength) return null;
    const name = names.decode(new Uint8Array(list.buffer, list.byteOffset + at + 46, length));
    const entry = {
      method: list.getUint16(at + 10, true),
      packed: list.getUint32(at + 20, true),
      at: list.getUint32(at + 42, true),
    };
    if (name === 'room.json') return entry;
    if (/^[^/]+\/room\.json$/.test(name)) inFolder = entry;
    at = next;
  }
  return inFolder;
}

async function unpacked(file: Blob, { method, packed, at }: Entry): Promise<string | null> {
  const head = await part(file, at, at + 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== contentOf || packed > mostSaid)
    throw new Unfit('zip');
  const start = at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const content = file.slice(start, start + packed);
  if (method === 0) return content.text();
  if (method !== 8 || typeof DecompressionStream === 'undefined') return null;
  try {
    return await textOf(content.stream().pipeThrough(new DecompressionStream('deflate-raw')));
  } catch {
    throw new Unfit('zip'); // it is not what it says, or unpacks to too much
  }
}

/** Reads to the end, or to where it is too much: a few bytes can unpack to very many. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > mostSaid) {
      await reader.cancel();
      throw new Unfit('zip');
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What room.json says, as far as it can be shown. */
function read(text: string): Look {
  let said: Record<string, unknown> | null;
  try {
    said = JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    throw new Unfit('zip');
  }
  if (said?.['is'] !== 'plenum-room' || typeof said['format'] !== 'number') throw new Unfit('zip');
  if (said['format'] > format) throw new Unfit('zip-newer');
  const kinds = new Map<string, number>();
  for (const one of list(said['activities'])) {
    const kind = (one as { kind?: unknown } | null)?.kind;
    if (typeof kind === 'string') kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return {
    title: typeof said['title'] === 'string' ? said['title'] : '',
    kinds,
    files: list(said['files']).length,
    missing: list(said['missing']).length,
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

import { crc32 } from './crc';
import { BadFile } from './trouble';

/** What a file may be at most: its bytes, those of all its parts unpacked, its parts, and how small one may have been packed. */
export const MOST_BYTES = 20 << 20;
export const MOST_UNPACKED = 100 << 20;
export const MOST_ENTRIES = 2000;
export const MOST_RATIO = 300;
/** Small parts may be packed as small as they can be. */
const SMALL = 1 << 20;

/** What the directory of a ZIP says of a part. Nothing of it is believed before it is read. */
interface Entry {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * A ZIP whose directory was read, and is within bounds. Parts are unpacked one by one, and no further than their
 * directory says; what was unpacked in all is counted as well.
 */
export class Zip {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #entries = new Map<string, Entry>();
  #unpacked = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    for (const entry of directory(bytes)) {
      if (this.#entries.has(entry.name)) throw new BadFile('broken');
      this.#entries.set(entry.name, entry);
    }
    bounded([...this.#entries.values()]);
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  size(name: string): number {
    return this.#entries.get(name)?.size ?? 0;
  }

  /** Unpacks a part. */
  async read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const entry = this.#entries.get(name);
    if (!entry) throw new BadFile('broken');
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    if (entry.at + 30 > view.byteLength || view.getUint32(entry.at, true) !== LOCAL)
      throw new BadFile('broken');
    const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    if (from + entry.packed > view.byteLength) throw new BadFile('broken');
    const packed = this.#bytes.subarray(from, from + entry.packed);
    const most = Math.min(entry.size, MOST_UNPACKED - this.#unpacked);
    const bytes = entry.method === 0 ? packed.slice() : await inflated(packed, most);
    this.#unpacked += bytes.length;
    if (bytes.length > most) throw new BadFile('bomb');
    if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw new BadFile('broken');
    return bytes;
  }
}

/** Refuses what would be too much before anything is unpacked. */
function bounded(entries: readonly Entry[]): void {
  let all = 0;
  for (const { size, packed } of entries) {
    all += size;
    if (all > MOST_UNPACKED || (size > SMALL && size > packed * MOST_RATIO)) throw new BadFile('bomb');
  }
  // Parts that share their bytes are a bomb, too: each looks small.
  let before = 0;
  for (const { at, packed } of [...entries].sort((a, b) => a.at - b.at)) {
    if (at < before) throw new BadFile('bomb');
    before = at + 30 + packed;
  }
}

function directory(bytes: Uint8Array<ArrayBuffer>): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const first = Math.max(0, end - 0xffff);
  while (end >= first && view.getUint32(end, true) !== END) end--;
  if (end < first) throw new BadFile('broken');
  const count = view.getUint16(end + 10, true);
  const from = view.getUint32(end + 16, true);
  // So many, and such places, are also how the longer form of ZIPs says that it is one: for more than is taken.
  if (count > MOST_ENTRIES) throw new BadFile('bomb');
  const entries: Entry[] = [];
  let at = from;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) throw new BadFile('broken');
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ];
    if (at + 46 + name > end) throw new BadFile('broken');
    if (view.getUint16(at + 8, true) & 1) throw new BadFile('locked');
    const entry = {
      name: named(bytes.subarray(at + 46, at + 46 + name)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    if (entry.method !== 0 && entry.method !== 8) throw new BadFile('broken');
    entries.push(entry);
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** The name of a part: one that leads out of the file has no place in it. */
function named(bytes: Uint8Array): string {
  const name = new TextDecoder().decode(bytes);
  const bad =
    name === '' || name.startsWith('/') || /[\0-\x1f\\:]/.test(name) || name.split('/').includes('..');
  if (bad) throw new BadFile('names');
  return name;
}

/** Unpacks bytes, and gives up as soon as there are more than `most`. */
async function inflated(packed: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const fed = writer.write(packed).then(() => writer.close());
  fed.catch(() => undefined); // what is wrong with it is told to the reader as well
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let all = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      all += value.length;
      if (all > most) throw new BadFile('bomb');
      pieces.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error instanceof BadFile ? error : new BadFile('broken');
  }
  const out = new Uint8Array(all);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

import { crc32 } from './crc';

/** Parts as a ZIP in which nothing is packed: the reader of Word files wants one. */
export function packed(parts: ReadonlyMap<string, Uint8Array>): ArrayBuffer {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes] of parts) {
    const label = new TextEncoder().encode(name);
    const crc = crc32(bytes);
    const local = header(0x04034b50, 30, label, bytes.length, crc, 4);
    const entry = header(0x02014b50, 46, label, bytes.length, crc, 6);
    new DataView(entry.buffer).setUint32(42, at, true);
    files.push(local, bytes);
    directory.push(entry);
    at += local.length + bytes.length;
  }
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, parts.size, true);
  view.setUint16(10, parts.size, true);
  view.setUint32(12, length(directory), true);
  view.setUint32(16, at, true);
  return joined([...files, ...directory, end]);
}

/** The head of a part, in its place (`from` 4) or in the directory (6), where the same is said a little later. */
function header(sign: number, size: number, label: Uint8Array, bytes: number, crc: number, from: number) {
  const out = new Uint8Array(size + label.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, sign, true);
  view.setUint16(from, 20, true);
  view.setUint16(from + 2, 0x0800, true); // names in UTF-8
  view.setUint32(from + 10, crc, true);
  view.setUint32(from + 14, bytes, true);
  view.setUint32(from + 18, bytes, true);
  view.setUint16(from + 22, label.length, true);
  out.set(label, size);
  return out;
}

function length(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const out = new Uint8Array(length(parts));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out.buffer;
}

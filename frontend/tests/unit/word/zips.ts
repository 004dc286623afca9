import { crc32, deflateRawSync } from 'node:zlib';

/** A part of a ZIP, and what its directory says of it where that is not the truth. */
export interface Part {
  name: string;
  bytes: Uint8Array;
  says?: Partial<Record<'size' | 'packed' | 'crc' | 'flags' | 'method' | 'at', number>>;
}

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** A ZIP, made as honestly as its parts want it. */
export function zipped(parts: readonly Part[]): ArrayBuffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, says = {} } of parts) {
    const packed = deflateRawSync(bytes);
    const label = Buffer.from(name);
    const field = {
      size: bytes.length,
      packed: packed.length,
      crc: crc32(bytes),
      flags: 0x800,
      method: 8,
      at,
      ...says,
    };
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(label.length, 26);
    files.push(head, label, packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(field.flags, 8);
    entry.writeUInt16LE(field.method, 10);
    entry.writeUInt32LE(field.crc, 16);
    entry.writeUInt32LE(field.packed, 20);
    entry.writeUInt32LE(field.size, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(field.at, 42);
    directory.push(entry, label);
    at += head.length + label.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return buffered(Buffer.concat([...files, ...directory, end]));
}

export function buffered(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
export const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

export function relations(...each: [id: string, type: string, target: string, mode?: string][]): string {
  const all = each.map(
    ([id, type, target, mode]) =>
      `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

/** A Word file by what stands in its body, with what else there is to be in it. */
export function word(body: string, more: Record<string, string | Uint8Array> = {}): Part[] {
  const own = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml':
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="png" ContentType="image/png"/>` +
      `<Override PartName="/word/document.xml" ContentType="${own}.document.main+xml"/></Types>`,
    '_rels/.rels': relations(['r1', 'officeDocument', 'word/document.xml']),
    'word/document.xml': `<?xml version="1.0"?><w:document ${W} xmlns:r="${OFFICE}"><w:body>${body}</w:body></w:document>`,
    ...more,
  };
  return Object.entries(parts).map(([name, part]) => ({
    name,
    bytes: typeof part === 'string' ? text(part) : part,
  }));
}

export const line = (words: string): string =>
  `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`;

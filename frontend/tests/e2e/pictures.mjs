// Pictures for tests, made here: a PNG of one colour in any size, as a buffer.
import { deflateSync, crc32 } from 'node:zlib';

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of stripes in two colours. */
export function picture(width, height, one = [26, 115, 232], other = [240, 180, 60]) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = [];
  for (let y = 0; y < height; y++) {
    const row = Buffer.alloc(1 + 3 * width);
    for (let x = 0; x < width; x++) row.set((x + y) % 40 < 20 ? one : other, 1 + 3 * x);
    rows.push(row);
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Drops or pastes files at an element, as a browser does it. */
export async function give(locator, event, files) {
  await locator.evaluate(
    (element, [event, files]) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const given = { bubbles: true, cancelable: true };
      if (event === 'paste')
        element.dispatchEvent(new ClipboardEvent(event, { ...given, clipboardData: data }));
      else element.dispatchEvent(new DragEvent(event, { ...given, dataTransfer: data }));
    },
    [
      event,
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })),
    ],
  );
}

/** Whether an image is there and was read to its end. */
export const shown = (image) => image.evaluate((it) => it.complete && it.naturalWidth > 0);

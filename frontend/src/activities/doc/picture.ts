import { isFileName, fileUrl } from '../../lib/files/files';
import { size, type Attributes, type Delta, type Embed, type Insert, type Value } from '../../lib/delta';

/** Images in documents: an embed that names a stored file, with how it is shown. As on the server. */
export type Size = 'small' | 'medium';

const MOST_ALT = 500; // UTF-16 units

/** The file of an embed that is an image. */
export function imageOf(insert: string | Embed | undefined): string | null {
  if (typeof insert !== 'object' || Object.keys(insert).length !== 1) return null;
  const file = insert['image'];
  return isFileName(file) ? file : null;
}

/** A description on one line, and not too long. */
export function tidyAlt(text: string): string {
  let alt = text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, ' ').replace(/^ +| +$/g, '');
  const letters = [...alt];
  while (alt.length > MOST_ALT) {
    letters.pop();
    alt = letters.join('').replace(/ +$/, '');
  }
  return alt;
}

/** The formats that only images have. */
export const IMAGE: Record<string, (value: Value) => boolean> = {
  alt: (value) => typeof value === 'string' && value !== '' && tidyAlt(value) === value,
  size: (value) => value === 'small' || value === 'medium',
  shape: (value) => typeof value === 'string' && /^[1-9][0-9]{0,4}x[1-9][0-9]{0,4}$/.test(value),
};

/** An image that stands at a place of a text. */
export interface Pictured {
  file: string;
  attributes: Attributes;
}

export function pictureAt(text: Delta, index: number): Pictured | null {
  let at = 0;
  for (const op of text as readonly Insert[]) {
    at += size(op);
    if (index >= at) continue;
    const file = imageOf(op.insert);
    return file ? { file, attributes: op.attributes ?? {} } : null;
  }
  return null;
}

/** Where a page's images are. One page is in one room. */
let here = '';

export function picturesAreIn(code: string): void {
  here = code;
}

/** The code of the room. */
export function room(): string {
  return here;
}

export function pictureUrl(file: string): string {
  return fileUrl(here, file);
}

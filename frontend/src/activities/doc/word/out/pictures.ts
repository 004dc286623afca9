import { ImageRun } from 'docx';
import { imageOf } from '../../picture';
import { clean } from './letters';
import { MOST } from './most';
import type { Line, Piece } from './lines';

/** What a page has room for, in pixels of which an inch has 96. */
const PAGE = { width: 600, height: 860 };
const SIZES: Record<string, number> = { small: 240, medium: 480 };

/** The pictures of a document, as far as they are there. */
export class Pictures {
  readonly #all = new Map<string, Uint8Array>();
  /** How many are not in the file. */
  missing = 0;

  constructor(lines: readonly Line[], get: (file: string) => Uint8Array | null) {
    let left = MOST;
    const files = lines.flatMap(({ pieces }) => pieces.flatMap(({ insert }) => imageOf(insert) ?? []));
    for (const file of new Set(files)) {
      const bytes = get(file);
      if (!bytes || !typeOf(bytes) || bytes.length > left) continue;
      left -= bytes.length;
      this.#all.set(file, bytes);
    }
  }

  /** A picture that fits the page; null if it is not there. */
  run({ insert, attributes }: Piece): ImageRun | null {
    const data = this.#all.get(imageOf(insert) ?? '');
    const type = data && typeOf(data);
    if (!data || !type) {
      this.missing++;
      return null;
    }
    const description = clean(String(attributes['alt'] ?? ''));
    return new ImageRun({
      type,
      data,
      transformation: fitted(String(attributes['shape'] ?? ''), String(attributes['size'] ?? '')),
      altText: { name: 'Picture', title: '', description },
    });
  }
}

/** How large a picture of so many pixels is on the page. */
export function fitted(shape: string, size: string): { width: number; height: number } {
  const [wide = 0, high = 0] = shape.split('x').map(Number);
  if (!wide || !high) return { width: PAGE.width / 2, height: PAGE.width / 2 };
  const by = Math.min(1, (SIZES[size] ?? PAGE.width) / wide, PAGE.width / wide, PAGE.height / high);
  return { width: Math.max(1, Math.round(wide * by)), height: Math.max(1, Math.round(high * by)) };
}

/** What a picture is, by its first bytes; null if it is none that Word knows. */
export function typeOf(bytes: Uint8Array): 'png' | 'jpg' | 'gif' | null {
  const [a, b, c] = bytes;
  if (a === 0x89 && b === 0x50 && c === 0x4e) return 'png';
  if (a === 0xff && b === 0xd8 && c === 0xff) return 'jpg';
  return a === 0x47 && b === 0x49 && c === 0x46 ? 'gif' : null;
}

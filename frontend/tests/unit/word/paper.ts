import { Zip } from '../../../src/activities/doc/word/in/zip';
import type { Paper } from '../../../src/activities/doc/word/out/write';
import { write } from '../../../src/activities/doc/word/out/write';

/** The smallest picture there is: one black point. */
export const POINT = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='),
  (c) => c.charCodeAt(0),
);
export const FILE = `sha256-${'ab'.repeat(32)}`;

export const NONE: Omit<Paper, 'text'> = { title: 'Team day', threads: [], suggestions: [], polls: [] };

export function writing(paper: Partial<Paper> & Pick<Paper, 'text'>) {
  return write(
    { ...NONE, ...paper },
    {
      origin: 'https://plenum.example',
      somebody: 'Somebody',
      picture: (file) => (file === FILE ? POINT : null),
    },
  );
}

/** The parts of a file as XML. */
export async function unpacked(file: ArrayBuffer): Promise<(name: string) => Promise<Document>> {
  const zip = new Zip(new Uint8Array(file));
  return async (name) => {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await zip.read(name));
    return new DOMParser().parseFromString(text, 'application/xml');
  };
}

export function all(at: Document | Element, name: string): Element[] {
  return [...at.getElementsByTagName(name)];
}

/** The text of a part of the file, without what is deleted. */
export function said(at: Element): string {
  return all(at, 'w:t')
    .map(({ textContent }) => textContent)
    .join('');
}

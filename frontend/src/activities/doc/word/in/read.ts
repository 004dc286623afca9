import mammoth from 'mammoth/mammoth.browser.js';
import { packed } from './pack';
import { partsOf, PICTURE, type Left } from './parts';
import type { WordComment } from './remarks';
import { BadFile } from './trouble';
import { MOST_BYTES, Zip } from './zip';

/** A Word file as HTML that nobody has cleaned yet, and what belongs to it. */
export interface Read {
  html: string;
  /** In the HTML a picture is called by its place here. */
  pictures: Uint8Array[];
  comments: WordComment[];
  left: Left;
}

/** How Word, LibreOffice, Pandoc and we ourselves call what documents have. */
const named = (names: string[], to: string, what = 'p'): string[] =>
  names.map((name) => `${what}[style-name='${name}'] => ${to}`);

const STYLES = [
  'u => u',
  ...named(['Title'], 'h1:fresh'),
  ...named(['Subtitle'], 'h2:fresh'),
  ...named(['Quote', 'Intense Quote', 'Quotations', 'Block Text'], 'blockquote > p:fresh'),
  ...named(['Code', 'HTML Preformatted', 'Preformatted Text', 'Source Code'], "pre:separator('\\n')"),
  ...named(['Code Text', 'HTML Code', 'Source Text', 'Verbatim Char'], 'code', 'r'),
];

/** What the reader makes of a file may be as long as what can be sent. */
const MOST_HTML = 8_000_000;

/** Reads a Word file. A BadFile says why that is not to be. */
export async function read(file: ArrayBuffer): Promise<Read> {
  const bytes = new Uint8Array(file);
  refuse(bytes);
  const { kept, comments, left } = await partsOf(new Zip(bytes));
  const pictures: Uint8Array[] = [];
  const options = {
    styleMap: STYLES,
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    ignoreEmptyParagraphs: false,
    convertImage: mammoth.images.imgElement(async (image) => {
      pictures.push(new Uint8Array(await image.readAsArrayBuffer()));
      return { src: PICTURE + (pictures.length - 1) };
    }),
  };
  const { value, messages } = await mammoth
    .convertToHtml({ arrayBuffer: packed(kept) }, options)
    .catch((error: unknown) => {
      throw new BadFile(error instanceof RangeError ? 'tangled' : 'broken');
    });
  left.pictures += messages.filter(({ type }) => type === 'error').length;
  if (value.length > MOST_HTML) throw new BadFile('tangled');
  return { html: value, pictures, comments, left };
}

/** Refuses what is no ZIP by its first bytes. */
function refuse(bytes: Uint8Array): void {
  const begins = (...with_: number[]): boolean => with_.every((byte, i) => bytes[i] === byte);
  if (bytes.length === 0) throw new BadFile('empty');
  if (bytes.length > MOST_BYTES) throw new BadFile('large');
  // Of old Word files and of encrypted new ones: the latter say so in the name of what is in them.
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new BadFile(all(bytes).includes('EncryptedPackage') ? 'locked' : 'old');
  }
  if (!begins(0x50, 0x4b)) throw new BadFile('other');
}

function all(bytes: Uint8Array): string {
  return new TextDecoder('utf-16le').decode(bytes);
}

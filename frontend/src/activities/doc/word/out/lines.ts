import {
  attributesOf,
  size,
  type Attributes,
  type Delta,
  type Embed,
  type Insert,
} from '../../../../lib/delta';
import { BLOCKS } from '../../format';
import { isNewline, parts } from '../../lines';

/** What stands in a line: text, or one thing that is no text. */
export interface Piece {
  insert: string | Embed;
  attributes: Attributes;
  /** Its place in the text of the document, and where it ends. */
  from: number;
  to: number;
}

/** A line of a document. All that goes into a Word file is made of these. */
export interface Line {
  pieces: readonly Piece[];
  /** Those of the newline that ends it. */
  attributes: Attributes;
  /** Where that newline stands. */
  end: number;
}

export type Block = (typeof BLOCKS)[number] | 'text';

export function linesOf(text: Delta): Line[] {
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  let at = 0;
  for (const op of (text as readonly Insert[]).flatMap(parts)) {
    const attributes = attributesOf(op) ?? {};
    const from = at;
    at += size(op);
    if (!isNewline(op)) pieces.push({ insert: op.insert, attributes, from, to: at });
    else
      for (let end = from; end < at; end++) {
        lines.push({ pieces, attributes, end });
        pieces = [];
      }
  }
  return lines;
}

/** What a line is: where people gave it several formats at once, the first counts, as on the screen. */
export function blockOf({ attributes }: Line): Block {
  return BLOCKS.find((name) => name in attributes) ?? 'text';
}

export function depthOf({ attributes }: Line): number {
  return Number(attributes['indent'] ?? 0);
}

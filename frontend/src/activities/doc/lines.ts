import {
  Builder,
  isDelete,
  isRetain,
  size,
  slice,
  withAttributes,
  type Delta,
  type Insert,
} from '../../lib/delta';
import { shownLine, shownText } from './format';
import { bare } from './talk/anchors';

/** A part of a text. */
export interface Span {
  from: number;
  to: number;
}

/** A text in runs of newlines and of anything else. */
export function runs(text: string): string[] {
  return text.match(/\n+|[^\n]+/g) ?? [];
}

/** An insert in pieces that are of one sort: newlines, other text, or one thing that is no text. */
export function parts(op: Insert): Insert[] {
  if (typeof op.insert !== 'string') return [op];
  const all = runs(op.insert);
  return all.length === 1 ? [op] : all.map((run) => ({ ...op, insert: run }));
}

export function isNewline({ insert }: Insert): boolean {
  return typeof insert === 'string' && insert.startsWith('\n');
}

/** Where a change has left something else than there was, in the text after it; null if nowhere. */
export function touched(change: Delta): Span | null {
  let at = 0;
  let span: Span | null = null;
  for (const op of change) {
    const to = at + (isDelete(op) ? 0 : size(op));
    if (!isRetain(op) || op.attributes) span = { from: (span as Span | null)?.from ?? at, to };
    at = to;
  }
  return span;
}

/** All of the lines that a part touches, with the newlines that end them. */
export function wholeLines(document: Delta, { from, to }: Span): Span {
  let [at, start, end] = [0, 0, -1];
  for (const op of document) {
    const text = textOf(op as Insert);
    if (at < from) {
      const newline = text.lastIndexOf('\n', from - at - 1);
      if (newline >= 0) start = at + newline + 1;
    }
    if (at + text.length > to && end < 0) {
      const newline = text.indexOf('\n', Math.max(0, to - at));
      if (newline >= 0) end = at + newline + 1;
    }
    at += text.length;
    if (end >= 0) break;
  }
  return { from: start, to: end < 0 ? at : end };
}

/**
 * Whole lines of a document as an editor shows them: each line is one thing only, and the text of code
 * has no formats and no images.
 */
export function shown(document: Delta, lines: Span): Delta {
  const out = new Builder();
  let line: Insert[] = [];
  for (const op of slice(document, lines.from, lines.to) as Insert[]) {
    for (const part of parts(op)) {
      const piece = bare(part);
      if (!isNewline(piece)) line.push(withAttributes(piece, shownText(piece.attributes)));
      else {
        const attributes = shownLine(op.attributes);
        for (const text of line) out.push('code-block' in attributes ? { insert: textOf(text) } : text);
        out.push(withAttributes(piece, attributes));
        line = [];
      }
    }
  }
  for (const text of line) out.push(text);
  return out.change();
}

/** The text of an insert; something else than text stands as one character. */
export function textOf({ insert }: Insert): string {
  return typeof insert === 'string' ? insert : '\ufffc';
}

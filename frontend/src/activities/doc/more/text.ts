import { isInsert, type Attributes, type Delta, type Insert } from '../../../lib/delta';
import { runs, textOf } from '../lines';

/** The text of a document alone. */
export function plain(text: Delta): string {
  return text.map((op) => textOf(op as Insert)).join('');
}

/** A line of a document: where it begins, what stands in it, and what its newline says. */
export interface Line {
  at: number;
  text: string;
  attributes: Attributes;
}

/** Every line of a document, in order. */
export function* linesOf(document: Delta): Generator<Line> {
  let [at, text] = [0, ''];
  for (const op of document) {
    if (!isInsert(op)) continue;
    for (const run of runs(textOf(op))) {
      if (!run.startsWith('\n')) {
        text += run;
        continue;
      }
      for (let i = 0; i < run.length; i++) {
        yield { at, text, attributes: op.attributes ?? {} };
        at += text.length + 1;
        text = '';
      }
    }
  }
}

/** The line that a place is in. */
export function lineAt(document: Delta, index: number): Line | null {
  for (const line of linesOf(document)) {
    if (index <= line.at + line.text.length) return index >= line.at ? line : null;
  }
  return null;
}

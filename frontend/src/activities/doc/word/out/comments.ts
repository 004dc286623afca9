import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  Paragraph,
  TextRun,
  type ICommentOptions,
} from 'docx';
import type { XmlComponent } from 'docx';
import type { Delta } from '../../../../lib/delta';
import { passages } from '../../talk/anchors';
import type { Comment, Thread } from '../../talk/threads';
import { clean, goesLeft } from './letters';

/** Threads as Word has them: a comment with replies, about the text from its first passage to its last. */
export class Comments {
  readonly all: ICommentOptions[] = [];
  readonly #starts = new Map<number, number[]>();
  readonly #ends = new Map<number, number[]>();
  /** Those whose text is gone. They stand at the end, with what it said. */
  readonly #orphans: number[] = [];

  constructor(threads: readonly Thread[], text: Delta) {
    const places = passages(text);
    for (const thread of threads) {
      const spans = places.get(thread.id);
      const ids = this.#add(thread, spans === undefined);
      if (!spans) this.#orphans.push(...ids);
      else
        for (const id of ids) {
          push(this.#starts, spans[0]?.from ?? 0, id);
          push(this.#ends, spans.at(-1)?.to ?? 0, id);
        }
    }
  }

  /** What stands before what is at a place of the text. */
  begins(at: number): XmlComponent[] {
    return (this.#starts.get(at) ?? []).map((id) => new CommentRangeStart(id));
  }

  /** What stands after what ends at a place of the text. */
  ends(at: number): XmlComponent[] {
    return (this.#ends.get(at) ?? []).flatMap(end);
  }

  /** What stands at the end of the last line. */
  last(): XmlComponent[] {
    return this.#orphans.flatMap((id) => [new CommentRangeStart(id), ...end(id)]);
  }

  /** The comments of a thread that were not erased; their numbers. */
  #add({ quote, resolved, comments }: Thread, orphan: boolean): number[] {
    const first = this.all.length;
    for (const [i, comment] of comments.filter(({ gone }) => !gone).entries()) {
      const text = i === 0 && orphan ? `“${quote}”\n\n${comment.text}` : comment.text;
      this.all.push({
        ...bodyOf(comment, text),
        id: this.all.length,
        resolved: resolved !== '',
        // A parent that is not there makes the library tell what is resolved, also where nobody has replied.
        parentId: i === 0 ? -1 : first,
      });
    }
    return Array.from({ length: this.all.length - first }, (_, i) => first + i);
  }
}

function bodyOf({ name, at }: Comment, text: string) {
  const author = clean(name);
  return {
    author,
    initials: [...author][0] ?? '',
    date: new Date(at),
    children: clean(text)
      .split('\n')
      .map((line) => new Paragraph({ bidirectional: goesLeft(line), children: [new TextRun(line)] })),
  };
}

function end(id: number): XmlComponent[] {
  return [new CommentRangeEnd(id), new TextRun({ children: [new CommentReference(id)] })];
}

function push(map: Map<number, number[]>, at: number, id: number): void {
  map.set(at, [...(map.get(at) ?? []), id]);
}

import { DeletedTextRun, TextRun, XmlAttributeComponent, XmlComponent, type IRunOptions } from 'docx';
import type { Attributes } from '../../../../lib/delta';
import { marksOf } from '../../suggest/marks';
import type { Suggestion } from '../../suggest/told';
import { clean } from './letters';

/** Who changed something, and when, as Word has it. */
export interface Change {
  id: number;
  author: string;
  date: string;
}

/** What the marks of suggestions say of a piece of a file. */
export interface Changes {
  insertion?: Change;
  deletion?: Change;
}

class Told extends XmlAttributeComponent<Change> {
  protected override readonly xmlKeys = { id: 'w:id', author: 'w:author', date: 'w:date' };
}

/** What stands in a line and was put in or is to go. The library has this for text alone. */
class Tracked extends XmlComponent {
  constructor(as: 'w:ins' | 'w:del', change: Change, what: XmlComponent) {
    super(as);
    this.root.push(new Told(change), what);
  }
}

/** Suggestions as the changes that Word keeps track of. */
export class Tracking {
  readonly #known: ReadonlyMap<string, Suggestion>;
  readonly #somebody: string;
  #last = 0;

  /** `somebody`: who made those that are not known. */
  constructor(known: readonly Suggestion[], somebody: string) {
    this.#known = new Map(known.map((one) => [one.id, one]));
    this.#somebody = somebody;
  }

  of(attributes: Attributes): Changes {
    const out: Changes = {};
    for (const { suggestion, adds } of marksOf(attributes))
      out[adds ? 'insertion' : 'deletion'] ??= this.#by(suggestion);
    return out;
  }

  #by(suggestion: string): Change {
    const { name = '', at = 0 } = this.#known.get(suggestion) ?? {};
    return { id: ++this.#last, author: clean(name) || this.#somebody, date: stamp(at) };
  }
}

/** A time as files have it: to the second. */
export function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** A run of text with what is suggested about it. What one has added and another wants gone is both. */
export function textRun(run: IRunOptions, { insertion, deletion }: Changes): XmlComponent {
  const inner = deletion ? new DeletedTextRun({ ...run, ...deletion }) : new TextRun(run);
  return insertion ? new Tracked('w:ins', insertion, inner) : inner;
}

/** Something else than text, in the same way. */
export function thing(what: XmlComponent, { insertion, deletion }: Changes): XmlComponent {
  const inner = deletion ? new Tracked('w:del', deletion, what) : what;
  return insertion ? new Tracked('w:ins', insertion, inner) : inner;
}

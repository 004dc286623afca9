import { compose, isInsert, isRetain, normal, size, type Delta } from '../../lib/delta';

/** Text that could not be put into the document and is kept until the person has done something about it. */
export interface Draft {
  /** When, Unix milliseconds of this device; also its name. */
  at: number;
  content: Delta;
}

/** What was refused within so many ms goes into one draft: somebody goes on writing before they notice. */
const TOGETHER = 60_000;

/** The drafts of one document, oldest first. */
export class Drafts {
  list: readonly Draft[] = [];

  /** Keeps what a person wrote in changes that come to nothing. */
  add(changes: readonly Delta[], at: number): void {
    const content = writtenIn(changes);
    if (content.length === 0) return;
    const last = this.list.at(-1);
    if (last && at - last.at < TOGETHER) {
      const both = { at: last.at, content: inLines([last.content, content]) };
      this.list = [...this.list.slice(0, -1), both];
    } else this.list = [...this.list, { at, content }];
  }

  /** Takes in what was kept elsewhere. */
  join(others: readonly Draft[]): void {
    const known = new Set(this.list.map((draft) => JSON.stringify(draft)));
    const news = others.filter((draft) => !known.has(JSON.stringify(draft)));
    this.list = [...news, ...this.list].sort((a, b) => a.at - b.at);
  }

  dismiss(at: number): void {
    this.list = this.list.filter((draft) => draft.at !== at);
  }
}

/** What changes, each made on the one before, write altogether, as a document; empty if they write nothing. */
export function writtenIn(changes: readonly Delta[]): Delta {
  return changes.length === 0 ? [] : inLines(partsOf(changes.reduce(compose)));
}

function inLines(parts: readonly Delta[]): Delta {
  return normal(
    parts.flatMap((part, i) => (i > 0 && !endsLine(parts[i - 1]) ? [{ insert: '\n' }, ...part] : part)),
  );
}

/** The inserts of a change, those that stand together as one part. */
function partsOf(change: Delta): Delta[] {
  const parts: Delta[] = [];
  let together = false;
  for (const op of change) {
    if (isInsert(op) && size(op) > 0) {
      const last = parts.at(-1);
      if (together && last) parts[parts.length - 1] = [...last, op];
      else parts.push([op]);
      together = true;
    } else if (isRetain(op)) together = false;
  }
  return parts;
}

function endsLine(part: Delta | undefined): boolean {
  const last = part?.at(-1);
  return (
    last !== undefined && isInsert(last) && typeof last.insert === 'string' && last.insert.endsWith('\n')
  );
}

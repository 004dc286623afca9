import type { Version } from '../told';
import type { Chunk } from './told';

/** What stands in the list of a history. */
export type Entry = { is: 'chunk'; chunk: Chunk } | { is: 'version'; version: Version };

export interface Day {
  at: number;
  entries: Entry[];
}

/** The chunks by day, the newest first; above each the versions in it that have a name. */
export function days(chunks: readonly Chunk[], versions: readonly Version[]): Day[] {
  const out: Day[] = [];
  const left = [...versions].sort((a, b) => a.rev - b.rev);
  for (const chunk of [...chunks].reverse()) {
    const last = out.at(-1);
    const day = last && sameDay(last.at, chunk.end) ? last : { at: chunk.end, entries: [] };
    if (day !== last) out.push(day);
    while ((left.at(-1)?.rev ?? -1) > chunk.from) {
      day.entries.push({ is: 'version', version: left.pop() as Version });
    }
    day.entries.push({ is: 'chunk', chunk });
  }
  const end = out.at(-1);
  for (const version of left.reverse()) {
    if (end) end.entries.push({ is: 'version', version });
    else out.push({ at: version.at, entries: [{ is: 'version', version }] });
  }
  return out;
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

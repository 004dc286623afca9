import type { Delta } from '../../lib/delta';
import type { Command } from '../../lib/net/store';
import { readChanged } from './told';

/** What the change under way says of itself beside what it does: the revision that it brings back, if it does. */
export class Note {
  restores: number | null = null;

  /** What is asked of the server. */
  content(base: number, change: Delta): object {
    return { base, change, ...(this.restores === null ? {} : { restores: this.restores }) };
  }

  /** Goes on with what an earlier page has sent. */
  load(unsettled: readonly Command[], n: number | null): void {
    const command = unsettled.find((one) => one.n === n);
    const { restores } = command ? (JSON.parse(command.with) as { restores?: number }) : {};
    this.restores = restores ?? null;
  }
}

/** The change that a command asks for. */
export function changeOf(command: Command): Delta {
  return readChanged({ rev: 0, ...(JSON.parse(command.with) as object) }).change;
}

import { position, type Delta } from '../../../lib/delta';
import type { Mention } from '../../../lib/mentions';
import type { Room } from '../../../lib/net/room';
import type { Copy } from '../copy';
import type { Span } from '../lines';

/** A comment that the server has not taken yet. */
export interface Remark extends Span {
  text: string;
  mentions: readonly Mention[];
  /** Its number, once it is on its way. */
  n: number;
}

/**
 * Comments on their way. One goes out when the server has all that the person wrote before, as it is about
 * a place in what the server has; until then it moves with its text.
 */
export class Remarks {
  readonly #room: Pick<Room, 'send'>;
  readonly #id: string;
  remarks: readonly Remark[] = [];
  /** The passage that the person is writing a comment about. */
  composing: Span | null = null;

  constructor(room: Pick<Room, 'send'>, id: string) {
    this.#room = room;
    this.#id = id;
  }

  add(span: Span, text: string, mentions: readonly Mention[]): void {
    this.remarks = [...this.remarks, { ...span, text, mentions, n: 0 }];
  }

  /** The text has changed under those that wait. */
  move(change: Delta): void {
    if (change.length === 0) return;
    if (this.composing) this.composing = moved(this.composing, change);
    this.remarks = this.remarks.map((one) => moved(one, change));
  }

  /** Sends what waits, if the server has everything else. */
  flush(copy: Copy): void {
    if (copy.client.is !== 'synced' || this.remarks.every(({ n }) => n > 0)) return;
    const base = copy.client.rev;
    this.remarks = this.remarks.map((one) => {
      if (one.n > 0) return one;
      const { from, to, text, mentions } = one;
      const content = { base, from, to, text, ...(mentions.length > 0 && { mentions }) };
      return { ...one, n: this.#room.send(this.#id, 'comment', content).n };
    });
  }

  /** One is settled. */
  arrived(n: number): void {
    this.remarks = this.remarks.filter((one) => one.n !== n);
  }
}

function moved<T extends Span>(span: T, change: Delta): T {
  const [from, to] = [position(change, span.from, false), position(change, span.to, true)];
  return { ...span, from, to: Math.max(from, to) };
}

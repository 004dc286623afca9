import { ApiError, type PostedCommand, type ViewAnswer } from '../../../src/lib/net/api';
import type { JoinFrame, RoomEvent } from '../../../src/lib/net/protocol';
import { Link, type Handler } from './link';

interface Asked {
  in: string;
  do: string;
  with: unknown;
  n: number;
  ref: string;
}

interface Conn {
  link: Link;
  member: string;
  peer: string;
  told: number;
  frames: number;
  watches: Set<string>;
}

interface Queue {
  member: string;
  last: number;
  expect: number;
  refused: Map<number, { because: string; say: string }>;
}

const KINDS = {
  lobby: { commands: { add: { role: 'host', class: 'run' } }, signals: {} },
  list: {
    commands: { put: { role: 'participant', class: 'talk' } },
    signals: { point: { role: 'viewer', class: '' } },
  },
  poll: { commands: { vote: { role: 'participant', class: 'vote', unnumbered: true } }, signals: {} },
};

/**
 * The server's side of docs/protocol.md for one room, in memory: an instrument, to show the page every
 * order of things a real server can show it. "list" activities keep what was put; "poll" keeps ballots.
 */
export class PlayedRoom implements Handler {
  epoch = 'k1';
  build = 'b1';
  readonly time = 5_000;
  events: RoomEvent[] = [];
  marks = new Map<number, string>([[0, 'm0']]);
  queues = new Map<string, Queue>();
  ballots = new Map<string, { turn: number; choice: string }>();
  role = 'participant';
  links: Link[] = [];
  conns = new Set<Conn>();
  /** The epochs in which each content was done. */
  done = new Map<string, Set<string>>();
  joins: JoinFrame[] = [];

  /** What a test may set: who may not, who must wait, what is big, and where it breaks. */
  refuse: (asked: Asked) => { because: string; say: string } | null = () => null;
  wait: (asked: Asked) => { because: string; after: number } | null = () => null;
  big: (activity: string) => boolean = () => false;
  /** What was missed is too much for events. */
  tooMuch = false;
  /** Cuts all links right after a commit, before anything is told. */
  breakAfterCommit = false;
  /** Watch answers come in a frame of their own. */
  answersLater = true;
  closeWith: number | null = null;
  shut = false;
  largestFrame = 64 * 1024;
  #marked = 0;

  get seq(): number {
    return this.events.length;
  }

  get mark(): string {
    return this.marks.get(this.seq) ?? '';
  }

  link(): Link {
    const link = new Link(this);
    this.links.push(link);
    return link;
  }

  opened(link: Link): void {
    if (this.closeWith !== null) link.end(this.closeWith);
  }

  gone(link: Link): void {
    this.links = this.links.filter((l) => l !== link);
    for (const conn of this.conns) if (conn.link === link) this.conns.delete(conn);
  }

  received(link: Link, text: string): void {
    if (text.length > this.largestFrame) return link.end(1009);
    const frame = JSON.parse(text) as JoinFrame &
      Asked & { watch?: Record<string, number | null>; unwatch?: string[] };
    if (frame.join) return this.#join(link, frame);
    const conn = [...this.conns].find((c) => c.link === link);
    if (!conn) return;
    if (frame.watch)
      for (const [id, since] of Object.entries(frame.watch)) this.#watch(conn, id, since, false);
    else if (frame.unwatch) for (const id of frame.unwatch) conn.watches.delete(id);
    else if (frame.do) this.#command(conn, { ...frame, n: frame.n ?? 0, ref: frame.ref ?? '' });
  }

  #join(link: Link, join: JoinFrame): void {
    this.joins.push(join);
    const queue = this.#bind(join.peer, 'm1');
    queue.expect = Math.max(join.next, queue.last + 1);
    for (const old of this.conns)
      if (old.peer === join.peer) {
        this.conns.delete(old);
        old.link.end(4409);
      }
    const sameEpoch = join.epoch === this.epoch;
    const known = sameEpoch && (join.seq ?? 0) <= this.seq && this.marks.get(join.seq ?? 0) === join.mark;
    const conn: Conn = { link, member: 'm1', peer: join.peer, told: this.seq, frames: 0, watches: new Set() };
    this.conns.add(conn);
    const answers = Object.entries(join.watch).map(([id, since]) => {
      const usable = known && since !== null && since <= (join.seq ?? 0) ? since : null;
      return [id, this.#answer(conn, id, usable)] as const;
    });
    link.tell({
      joined: true,
      build: this.build,
      epoch: this.epoch,
      ...(sameEpoch && !known ? { forked: true } : {}),
      seq: this.seq,
      mark: this.mark,
      time: this.time,
      member: { id: 'm1', name: 'Ada', colour: 3, role: this.role },
      kinds: KINDS,
      presence: {
        people: 1,
        here: [{ id: 'm1', name: 'Ada', colour: 3, role: this.role, tabs: 1 }],
        all: true,
      },
      ...(this.answersLater ? {} : { watch: Object.fromEntries(answers) }),
    });
    if (this.answersLater) for (const [id, answer] of answers) link.tell({ watch: { [id]: answer } });
  }

  #bind(peer: string, member: string): Queue {
    const queue = this.queues.get(peer) ?? { member, last: 0, expect: 0, refused: new Map() };
    this.queues.set(peer, queue);
    return queue;
  }

  #watch(conn: Conn, id: string, since: number | null, forced: boolean): void {
    if (!forced || conn.watches.has(id)) conn.link.tell({ watch: { [id]: this.#answer(conn, id, since) } });
  }

  #answer(conn: Conn, id: string, since: number | null): unknown {
    if (id.startsWith('secret')) return { refused: 'no-activity', say: 'Not for you.' };
    conn.watches.add(id);
    const missed = this.events.filter((e) => e.in === id && e.seq > (since ?? 0));
    if (since !== null && !this.tooMuch)
      return missed.length === 0 ? { seq: this.seq } : { events: missed, seq: this.seq };
    if (this.big(id)) return { kind: kindOf(id), fetch: `/view/${id}`, seq: this.seq };
    return { kind: kindOf(id), ...this.view(id) };
  }

  /** Fresh views to all who watch: what they may see has changed. */
  refresh(id: string): void {
    for (const conn of this.conns) this.#watch(conn, id, null, true);
  }

  view(id: string): ViewAnswer {
    const items = this.items(id);
    return {
      seq: this.seq,
      view: { items },
      mine: kindOf(id) === 'poll' ? (this.ballots.get('m1') ?? null) : null,
    };
  }

  items(id: string): unknown[] {
    return this.events.filter((e) => e.in === id).map((e) => e.with);
  }

  #command(conn: Conn, asked: Asked): void {
    const wait = this.wait(asked);
    if (wait) return conn.link.tell({ wait: asked.n, ...named(asked), say: 'Later.', ...wait });
    if (asked.n === 0) return this.#ballot(conn, asked);
    const answer = this.take(conn.peer, asked);
    if (answer === 'wait') conn.link.tell({ wait: asked.n, because: 'order', say: 'Later.', after: 200 });
    else if ('because' in answer) conn.link.tell({ refused: asked.n, ...answer, ...named(asked) });
    else if (answer.repeated || !conn.watches.has(asked.in))
      conn.link.tell({ done: [asked.n], seq: this.seq });
  }

  #ballot(conn: Conn, asked: Asked): void {
    const no = this.refuse(asked);
    if (no) return conn.link.tell({ refused: 0, ...no, ...named(asked) });
    const ballot = asked.with as { turn: number; choice: string };
    const before = this.ballots.get('m1');
    if (!before || ballot.turn > before.turn) {
      this.ballots.set('m1', ballot);
      this.happen(asked.in, 'voted', ballot);
    }
    if (!this.breakAfterCommit)
      conn.link.tell({ mine: [{ in: asked.in, with: this.ballots.get('m1'), seq: this.seq }] });
  }

  /** Takes a numbered command as the room does: once, in order. */
  take(peer: string, asked: Asked): { repeated: boolean } | { because: string; say: string } | 'wait' {
    const queue = this.#bind(peer, 'm1');
    if (asked.n <= queue.last || asked.n < queue.expect)
      return queue.refused.get(asked.n) ?? { repeated: true };
    if (queue.expect > 0 && asked.n > queue.expect) return 'wait';
    const unknown = { because: 'unknown', say: 'This room does not know that command.' };
    const no = asked.do === 'put' ? this.refuse(asked) : unknown;
    queue.expect = asked.n + 1;
    if (no) {
      queue.refused.set(asked.n, no);
      return no;
    }
    queue.last = asked.n;
    const content = JSON.stringify(asked.with);
    this.done.set(content, (this.done.get(content) ?? new Set()).add(this.epoch));
    this.happen(asked.in, 'put', asked.with, peer, asked.n);
    return { repeated: false };
  }

  /** Something happens and is stored; everyone who watches is told, unless the room breaks first. */
  happen(activity: string, did: string, content: unknown, peer = '', n = 0): void {
    const event = { in: activity, did, with: content, by: 'm1', peer, n, at: 1, seq: this.seq + 1 };
    this.events.push(event);
    this.marks.set(event.seq, `m${event.seq}-${this.#marked++}`);
    if (this.breakAfterCommit) return this.crash();
    for (const conn of this.conns) {
      if (!conn.watches.has(activity)) continue;
      conn.frames++;
      conn.told = this.seq;
      conn.link.tell({ seq: this.seq, mark: this.mark, events: [event] });
    }
  }

  beat(wrong = 0): void {
    for (const conn of this.conns)
      conn.link.tell({ beat: { seq: this.seq, mark: this.mark, frames: conn.frames + wrong } });
  }

  /** All connections break. Refusals are stored with the next command done; newer ones are forgotten. */
  crash(): void {
    this.breakAfterCommit = false;
    for (const queue of this.queues.values()) {
      for (const n of queue.refused.keys()) if (n > queue.last) queue.refused.delete(n);
      queue.expect = queue.last + 1;
    }
    for (const link of [...this.links]) link.cut();
  }

  /** A backup is restored: the log ends earlier, under another epoch. */
  restore(seq: number): void {
    this.crash();
    this.events = this.events.slice(0, seq);
    this.epoch = `k${Number(this.epoch.slice(1)) + 1}`;
    for (const queue of this.queues.values())
      queue.last = Math.max(
        0,
        ...this.events.filter((e) => this.queues.get(e.peer) === queue).map((e) => e.n),
      );
  }

  async post(command: PostedCommand): Promise<unknown> {
    const content = JSON.parse(command.with) as unknown;
    const asked = { in: command.in, do: command.do, with: content, n: command.n, ref: '' };
    const wait = this.wait(asked);
    if (wait) throw new ApiError(wait.because, 'Later.', 503);
    const answer = this.take(command.peer, asked);
    if (answer === 'wait') throw new ApiError('order', 'Later.', 409);
    if ('because' in answer) throw new ApiError(answer.because, answer.say, 409);
    return { done: command.n, seq: this.seq };
  }
}

function named(asked: Asked): Record<string, unknown> {
  return { in: asked.in, do: asked.do, ...(asked.ref ? { ref: asked.ref } : {}) };
}

function kindOf(id: string): string {
  return id.startsWith('poll') ? 'poll' : id === 'lobby' ? 'lobby' : 'list';
}

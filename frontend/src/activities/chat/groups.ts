import type { Message } from './state';

/** Messages of one person close in time stand together. */
export interface Group {
  key: number;
  by: string;
  name: string;
  colour: number;
  at: number;
  /** The first of a day. */
  day: boolean;
  /** The first that is new. */
  fresh: boolean;
  messages: Message[];
}

const TOGETHER = 5 * 60_000;

/** Groups messages; `line` is the seq through which they were read when one came, null if nothing is new. */
export function groups(messages: readonly Message[], line: number | null = null): Group[] {
  const all: Group[] = [];
  let drawn = line === null;
  for (const message of messages) {
    const last = all.at(-1);
    const before = last?.messages.at(-1);
    const day = !before || !sameDay(before.at, message.at);
    const fresh = !drawn && message.seq > (line ?? 0);
    drawn ||= fresh;
    if (last && before && !day && !fresh && together(last, before, message)) {
      last.messages.push(message);
      continue;
    }
    const { seq, by, name, colour, at } = message;
    all.push({ key: seq, by, name, colour, at, day, fresh, messages: [message] });
  }
  return all;
}

function together(group: Group, before: Message, message: Message): boolean {
  const same = group.by === message.by && message.at - before.at < TOGETHER && !message.to;
  return same && (message.gone || group.name === message.name);
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

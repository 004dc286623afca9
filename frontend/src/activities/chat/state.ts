import type { RoomEvent } from '../../lib/net/protocol';

/** A message, as everyone sees it. */
export interface Message {
  seq: number;
  at: number;
  by: string;
  name: string;
  colour: number;
  text: string;
}

/** The newest messages, oldest first; `more` says that there are earlier ones. */
export interface Chat {
  messages: readonly Message[];
  more: boolean;
}

/** As many as a view holds; more are kept when one has scrolled back. */
export const WINDOW = 100;

export function open(view: unknown): Chat {
  return view as Chat;
}

/** Applies an event. Returns a new state; the old one is unchanged. */
export function apply(before: Chat, event: RoomEvent): Chat {
  if (event.did !== 'said') return before;
  const { text, name, colour } = event.with as Pick<Message, 'text' | 'name' | 'colour'>;
  const message = { seq: event.seq, at: event.at, by: event.by, name, colour, text };
  return { ...before, messages: [...before.messages, message] };
}

/** Puts earlier messages before those that are known. */
export function prepend(now: Chat, older: Chat): Chat {
  const first = now.messages[0]?.seq ?? Infinity;
  return {
    messages: [...older.messages.filter((message) => message.seq < first), ...now.messages],
    more: older.more,
  };
}

/** Messages of one person close in time stand together. */
export interface Group {
  key: number;
  by: string;
  name: string;
  colour: number;
  at: number;
  /** The first of a day. */
  day: boolean;
  messages: Message[];
}

const TOGETHER = 5 * 60_000;

export function groups(messages: readonly Message[]): Group[] {
  const all: Group[] = [];
  for (const message of messages) {
    const last = all.at(-1);
    const before = last?.messages.at(-1);
    const day = !before || !sameDay(before.at, message.at);
    if (
      last &&
      before &&
      !day &&
      last.by === message.by &&
      last.name === message.name &&
      message.at - before.at < TOGETHER
    ) {
      last.messages.push(message);
      continue;
    }
    const { seq, by, name, colour, at } = message;
    all.push({ key: seq, by, name, colour, at, day, messages: [message] });
  }
  return all;
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

import type { RoomEvent } from '../../lib/net/protocol';
import type { Mention } from './markup';

export interface Reaction {
  emoji: string;
  by: readonly Mention[];
}

/** What a message brings along: a file of the room. An image has a width and a height. */
export interface Attachment {
  hash: string;
  name: string;
  size: number;
  width?: number;
  height?: number;
}

/** What a message shows of the thread that it begins. */
export interface Replies {
  count: number;
  last: number;
}

/** A message, as everyone sees it. Of one that was deleted only its place is left. */
export interface Message {
  seq: number;
  at: number;
  by: string;
  name: string;
  colour: number;
  text: string;
  /** The message that it answers. */
  to?: number;
  mentions?: readonly Mention[];
  /** It calls everyone. */
  here?: boolean;
  file?: Attachment;
  edited?: number;
  gone?: boolean;
  reactions?: readonly Reaction[];
  /** Of a reply: the message that its thread begins with. */
  thread?: number;
  replies?: Replies;
}

/** Messages in a row, oldest first; `more` and `later` say that there are others before and after them. */
export interface Page {
  messages: readonly Message[];
  more: boolean;
  later?: boolean;
  /** Of a part of a thread: the message that it begins with. */
  first?: Message;
  /** Of a part of a talk of two: what begins it. */
  thread?: number;
}

/** The newest messages, and which are pinned. */
export interface Chat extends Page {
  pins?: readonly number[];
}

/** As many as a view holds; more are kept when one has scrolled back. */
export const WINDOW = 100;

export function open(view: unknown): Chat {
  return view as Chat;
}

interface Content {
  of: number;
  text?: string;
  name: string;
  colour: number;
  to?: number;
  mentions?: readonly Mention[];
  here?: boolean;
  file?: Attachment;
  emoji: string;
  on: boolean;
  /** The message that its thread begins with. */
  thread?: number;
  replies?: Replies;
}

/** Applies an event to the chat, or to one of its threads. Returns a new state; the old one is unchanged. */
export function apply(before: Chat, event: RoomEvent, thread = 0): Chat {
  const chat = change(before, event);
  const { of, on, thread: stands = 0 } = (event.with ?? {}) as Content;
  if (event.did === 'said' && stands === thread) {
    const known = chat.messages.at(-1)?.seq ?? 0; // a page that was read may have it before it is told
    return event.seq <= known ? chat : { ...chat, messages: [...chat.messages, said(event)] };
  }
  if (thread !== 0) return chat;
  if (event.did === 'pinned') return pin(chat, of, on);
  return event.did === 'deleted' ? pin(chat, of, false) : chat;
}

/** Applies what an event changes in messages that are there: in the one that it is about, and in the first of its thread. */
export function change<P extends Page>(page: P, event: RoomEvent): P {
  const content = (event.with ?? {}) as Content;
  const { thread, replies } = content;
  let now = in_(page, content.of, (old) => changed(old, event, content));
  if (thread && replies) now = in_(now, thread, (old) => answered(old, replies));
  return now;
}

/** Gives one message of a page another content. */
function in_<P extends Page>(page: P, seq: number | undefined, to: (old: Message) => Message): P {
  if (page.first && page.first.seq === seq) {
    const first = to(page.first);
    return first === page.first ? page : { ...page, first };
  }
  const at = page.messages.findIndex((message) => message.seq === seq);
  const old = page.messages[at];
  if (!old) return page;
  const now = to(old);
  return now === old ? page : { ...page, messages: page.messages.with(at, now) };
}

function answered(old: Message, replies: Replies): Message {
  const { replies: _, ...rest } = old;
  return replies.count > 0 ? { ...rest, replies } : rest;
}

function changed(old: Message, event: RoomEvent, content: Content): Message {
  switch (event.did) {
    case 'edited':
      return write({ ...old, ...(content.text !== undefined && { edited: event.seq }) }, content);
    case 'deleted':
      return blank(old);
    case 'reacted':
      return react(old, content.emoji, content.on, { id: event.by, name: content.name });
  }
  return old;
}

function said(event: RoomEvent): Message {
  const { seq, at, by } = event;
  const content = (event.with ?? {}) as Content;
  const { thread } = content;
  return write(blank({ seq, at, by, ...(thread && { thread }) } as Message), content);
}

function blank({ seq, at, by, thread, replies }: Message): Message {
  const stays = { ...(thread && { thread }), ...(replies && { replies }) };
  return { ...{ seq, at, by, name: '', colour: 0, text: '', gone: true }, ...stays };
}

/** Content that is forgotten leaves a message as if it were deleted, until the event comes that has its text. */
function write(old: Message, content: Content): Message {
  const { seq, at, by, edited, reactions, thread, replies } = old;
  const kept = {
    ...(reactions && { reactions }),
    ...(thread && { thread }),
    ...(replies && { replies }),
  };
  if (content.text === undefined) return { ...blank(old), ...kept };
  const { text, name, colour, to, mentions, here, file } = content;
  return {
    ...{ seq, at, by, name, colour, text },
    ...(to && { to }),
    ...(mentions && { mentions }),
    ...(here && { here }),
    ...(file && { file }),
    ...(edited && { edited }),
    ...kept,
  };
}

/** What is so already stays so: a page that was read may know of it before it is told. */
function react(old: Message, emoji: string, on: boolean, who: Mention): Message {
  const all = old.reactions ?? [];
  const one = all.find((reaction) => reaction.emoji === emoji) ?? { emoji, by: [] };
  if (one.by.some((by) => by.id === who.id) === on) return old;
  const by = on ? [...one.by, who] : one.by.filter((other) => other.id !== who.id);
  const others = all.some((reaction) => reaction.emoji === emoji) ? all : [...all, one];
  const reactions = others
    .map((reaction) => (reaction.emoji === emoji ? { emoji, by } : reaction))
    .filter((reaction) => reaction.by.length > 0);
  const { reactions: _, ...rest } = old;
  return reactions.length > 0 ? { ...rest, reactions } : rest;
}

function pin(chat: Chat, seq: number, on: boolean): Chat {
  const { pins = [], ...rest } = chat;
  const now = [...pins.filter((other) => other !== seq), ...(on ? [seq] : [])];
  return now.length > 0 ? { ...rest, pins: now } : rest;
}

/** Puts earlier messages before those that are known. */
export function prepend<P extends Page>(now: P, older: Page): P {
  const first = now.messages[0]?.seq ?? Infinity;
  const messages = [...older.messages.filter((message) => message.seq < first), ...now.messages];
  return { ...now, messages, more: older.more };
}

/** Puts later messages behind those that are known. */
export function append<P extends Page>(now: P, later: Page): P {
  const last = now.messages.at(-1)?.seq ?? 0;
  const messages = [...now.messages, ...later.messages.filter((message) => message.seq > last)];
  return { ...now, messages, later: later.later ?? false };
}

import { roomPath } from './path';
import type { Member, Refusal } from './protocol';

/** Why a request was not answered with what was asked. `status` is 0 and `because` "offline" if nobody answered. */
export class ApiError extends Error implements Refusal {
  readonly because: string;
  readonly say: string;
  readonly status: number;

  constructor(because: string, say: string, status: number) {
    super(say);
    this.name = 'ApiError';
    this.because = because;
    this.say = say;
    this.status = status;
  }
}

/** What may be told of a room at its door. */
export interface AboutRoom {
  code: string;
  title: string;
  locked: boolean;
  /** Who comes by the code is asked for a passcode. */
  passcode?: boolean;
  /** Hosts have ended it for all but themselves. */
  ended?: boolean;
  /** Who comes in by the code: everyone ("open"), not "guests", not "everyone", or only "accounts". */
  door: string;
  people: number;
  /** The asking person waits to be let in. */
  waiting?: boolean;
  /** Who the asking person is in it, if a member. */
  member?: Member;
}

/** A numbered command as it goes by POST. `with` is its content as JSON text. */
export interface PostedCommand {
  in: string;
  do: string;
  with: string;
  peer: string;
  n: number;
}

export interface PostAnswer {
  seq?: number;
  events?: unknown[];
  done?: number;
  mine?: unknown;
}

export interface ViewAnswer {
  seq: number;
  view: unknown;
  mine: unknown;
}

/** Makes a room; the person who asks is its owner. */
export function createRoom(title: string, name: string): Promise<{ code: string; member: Member }> {
  return ask('/api/rooms', post({ title, name }));
}

/** What a person at the door may know. */
export function aboutRoom(code: string): Promise<AboutRoom> {
  return ask(roomPath(code));
}

/**
 * Makes the person a member, or finds the member that the person is. Without a member they wait at the door.
 * `by` is how they come: the secret of an invite link, or what a door with a passcode asks for.
 */
export function enterRoom(
  code: string,
  name: string,
  by: { key?: string; passcode?: string } = {},
): Promise<{ member?: Member }> {
  return ask(`${roomPath(code)}/enter`, post({ name, ...by }));
}

/** Makes the door ask for a passcode, or for none: "". */
export function setPasscode(code: string, passcode: string): Promise<unknown> {
  return ask(`${roomPath(code)}/passcode`, post({ passcode }));
}

/** What an invite link gives, until when (Unix milliseconds) and to how many people; without these, to any. */
export interface Invite {
  role: string;
  until?: number;
  uses?: number;
}

/** Makes an invite link. Its key is told only this once. */
export function makeLink(code: string, what: Invite): Promise<{ id: string; key: string }> {
  return ask(`${roomPath(code)}/links`, post(what));
}

/** Sends one command over HTTP, under its peer and number. */
export function postCommand(code: string, c: PostedCommand, signal?: AbortSignal): Promise<PostAnswer> {
  const body = `{"with":${c.with},"peer":${JSON.stringify(c.peer)},"n":${c.n}}`;
  const request = post(body);
  if (signal) request.signal = signal;
  return ask(`${activityPath(code, c.in)}/${encodeURIComponent(c.do)}`, request);
}

/**
 * Sends one command that needs no number, over HTTP: doing it twice does no harm. It goes out even when the
 * page is just being left.
 */
export function tell(code: string, activity: string, name: string, content: unknown): Promise<PostAnswer> {
  const request = { ...post({ with: content }), keepalive: true };
  return ask(`${activityPath(code, activity)}/${encodeURIComponent(name)}`, request);
}

/** Gets a big view by the reference in a watch's answer. */
export async function getView(url: string, signal?: AbortSignal): Promise<ViewAnswer> {
  const answer = await ask<Partial<ViewAnswer>>(url, signal ? { signal } : {});
  if (!Number.isSafeInteger(answer.seq))
    throw new ApiError('malformed', 'The answer could not be read.', 200);
  return { seq: answer.seq as number, view: answer.view ?? null, mine: answer.mine ?? null };
}

/** A named read of an activity: older messages, a report. */
export function read<T>(
  code: string,
  activity: string,
  name: string,
  params: Record<string, string> = {},
): Promise<T> {
  return ask(readPath(code, activity, name, params));
}

/** Where a named read is: one that answers with a file is followed as a link. */
export function readPath(
  code: string,
  activity: string,
  name: string,
  params: Record<string, string> = {},
): string {
  const query = new URLSearchParams(params).toString();
  const path = `${activityPath(code, activity)}/read/${encodeURIComponent(name)}`;
  return query === '' ? path : `${path}?${query}`;
}

/** Sends a command whose content is a file. */
export function postFile(
  code: string,
  activity: string,
  name: string,
  type: string,
  file: string,
): Promise<PostAnswer> {
  const request = { method: 'POST', headers: { 'Content-Type': type }, body: file };
  return ask(`${activityPath(code, activity)}/${encodeURIComponent(name)}`, request);
}

/** What a command would take if it were made of a file; nothing is done. */
export function lookAtFile<T>(
  code: string,
  activity: string,
  name: string,
  type: string,
  file: string | Blob,
): Promise<{ with: T }> {
  const request = { method: 'POST', headers: { 'Content-Type': type }, body: file };
  return ask(`${activityPath(code, activity)}/${encodeURIComponent(name)}/look`, request);
}

/** Where it is told what becomes of who waits at the door. */
export function doorPath(code: string): string {
  return `${roomPath(code)}/door`;
}

function activityPath(code: string, activity: string): string {
  return `${roomPath(code)}/activities/${encodeURIComponent(activity)}`;
}

export function post(body: unknown): RequestInit {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text };
}

/** Asks the server; an ApiError if it does not answer with what was asked. */
export async function ask<T>(path: string, request: RequestInit = {}): Promise<T> {
  const answer = await reach(path, request);
  const body = await answer.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) return null;
    throw offline();
  });
  if (!answer.ok) throw refusal(answer.status, body);
  if (typeof body !== 'object' || body === null) {
    throw new ApiError('malformed', 'The answer could not be read.', answer.status);
  }
  return body as T;
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...request });
  } catch {
    throw offline();
  }
}

/** Nobody answered. */
export function offline(): ApiError {
  return new ApiError('offline', 'The server cannot be reached.', 0);
}

/** Why an answer is none. A proxy on the way may answer without our words: then the status must do. */
export function refusal(status: number, body: unknown): ApiError {
  const { because, say } = (body ?? {}) as Partial<Refusal>;
  if (typeof because === 'string' && typeof say === 'string') return new ApiError(because, say, status);
  if (status === 413) return new ApiError('too-big', 'That is too big to send.', status);
  return new ApiError(`http-${status}`, `The server answered ${status}.`, status);
}

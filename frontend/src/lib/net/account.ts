import { language } from '../i18n';
import { ask, post } from './api';

/** What a person signs in with. */
export interface Account {
  email: string;
  /** A link that was mailed to the address was opened. */
  verified: boolean;
  since: number; // Unix milliseconds, as all times
  /** It has a password. */
  password: boolean;
  /** Since when it is connected with the identity provider. */
  connected?: number;
  /** There is a second step for signing in, with so many recovery codes left. */
  second?: { recovery: number };
}

/** A device that is signed in. */
export interface Session {
  id: string;
  /** "Firefox on Linux"; "" if not known. */
  device: string;
  since: number;
  /** When it was last used, to the day. */
  seen: number;
  /** It is this one. */
  here: boolean;
}

/** A room that one is in. */
export interface MyRoom {
  code: string;
  title: string;
  role: string;
  /** When something last happened in it. */
  last: number;
  /** One wants to have it at hand. */
  pinned?: boolean;
  /** Since when it is only read. */
  archived?: number;
  /** It was deleted, and can be restored before this; told to its owner. */
  until?: number;
}

type Told = { account?: Account };

const path = '/api/account';

/** Who is signed in here; null for guests. */
export async function myAccount(): Promise<Account | null> {
  return (await ask<Told>(path)).account ?? null;
}

/** Makes an account; a guest stays the same person. */
export async function signUp(email: string, password: string): Promise<Account | null> {
  return (await ask<Told>(path, post({ email, password, language: language() }))).account ?? null;
}

/** Signs in; `code` is of the second step, where that is asked for. */
export async function signIn(email: string, password: string, code = ''): Promise<Account | null> {
  const told = await ask<Told>(`${path}/login`, post({ email, password, code, language: language() }));
  return told.account ?? null;
}

/** Signs out on this device. */
export function signOut(): Promise<unknown> {
  return ask(`${path}/logout`, { method: 'POST' });
}

/** Deletes the account, and signs out everywhere. */
export function deleteAccount(password: string): Promise<unknown> {
  return ask(`${path}/delete`, post({ password }));
}

/** Sets a new password; all other devices are signed out. */
export function changePassword(former: string, password: string): Promise<unknown> {
  return ask(`${path}/password`, post({ former, password }));
}

export async function mySessions(): Promise<Session[]> {
  return (await ask<{ sessions: Session[] }>(`${path}/sessions`)).sessions;
}

/** Signs a device out. */
export function endSession(id: string): Promise<unknown> {
  return ask(`${path}/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** Signs all devices out but this one. */
export function endOthers(): Promise<unknown> {
  return ask(`${path}/sessions`, { method: 'DELETE' });
}

/** The rooms that one is in, also as a guest; pinned ones first, then where something happened last. */
export async function myRooms(): Promise<MyRoom[]> {
  return (await ask<{ rooms: MyRoom[] }>(`${path}/rooms`)).rooms;
}

/** Keeps a room at hand, or does so no longer. */
export function pinRoom(code: string, on: boolean): Promise<unknown> {
  return ask(`${path}/rooms/${encodeURIComponent(code)}/pin`, post({ on }));
}

import { language } from '../i18n';
import type { Account } from './account';
import { ask, post } from './api';

const path = '/api/account/identity';
const kept = 'plenum.identity'; // in this tab, while its person is at the identity provider: the page they came from

/** What the identity provider sent a browser back with. */
export interface Return {
  code: string;
  state: string;
}

/** Goes to the identity provider to sign in, and in the end to the page `to`. The promise ends when the browser leaves. */
export function goToProvider(to: string): Promise<void> {
  return leave({}, to);
}

/** Goes to the identity provider to connect the account with it. */
export function connectProvider(password: string): Promise<void> {
  return leave({ connect: true, password }, '/account');
}

async function leave(request: { connect?: boolean; password?: string }, to: string): Promise<void> {
  const { go } = await ask<{ go: string }>(path, post(request));
  try {
    sessionStorage.setItem(kept, to);
  } catch {
    // Without storage the way ends at the start page.
  }
  location.assign(go);
}

/** The page that the way to the provider began at, once; '/' if that is not known. */
export function cameFrom(): string {
  try {
    const to = sessionStorage.getItem(kept);
    sessionStorage.removeItem(kept);
    return to ?? '/';
  } catch {
    return '/';
  }
}

/** Signs in, or connects, with what the provider sent the browser back with. */
export async function comeBack({ code, state }: Return): Promise<Account | null> {
  const told = await ask<{ account?: Account }>(`${path}/end`, post({ code, state, language: language() }));
  return told.account ?? null;
}

export function disconnectProvider(password: string): Promise<unknown> {
  return ask(`${path}/drop`, post({ password }));
}

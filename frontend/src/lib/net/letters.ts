import type { Account } from './account';
import { ask, post } from './api';

const path = '/api/account';

/** What the page of accounts is about. */
export interface Here {
  /** Who is signed in; null for guests. */
  account: Account | null;
  /** This server sends mail. */
  mail: boolean;
  /** The identity provider where people can sign in as well; '' if there is none. */
  provider: string;
}

export async function accountHere(): Promise<Here> {
  const { account = null, mail, provider = '' } = await ask<Partial<Here> & { mail: boolean }>(path);
  return { account, mail, provider };
}

/** Asks for a letter with a link for a new password. The answer does not tell whether there is such an account. */
export function askPassword(email: string): Promise<unknown> {
  return ask(`${path}/forgotten`, post({ email }));
}

/** Sets a password by a mailed link; all devices are signed out. */
export async function setPassword(link: string, password: string): Promise<Account> {
  return (await ask<{ account: Account }>(`${path}/reset`, post({ link, password }))).account;
}

/** Gives the account another address. If `mailed`, it changes when the link in the letter is opened. */
export function changeAddress(
  email: string,
  password: string,
): Promise<{ account: Account; mailed: boolean }> {
  return ask(`${path}/address`, post({ email, password }));
}

/** Mails the link once more that verifies the address. */
export function askAddress(): Promise<unknown> {
  return ask(`${path}/address/ask`, { method: 'POST' });
}

/** Verifies an address by a mailed link. */
export async function openAddress(link: string): Promise<Account> {
  return (await ask<{ account: Account }>(`${path}/address/open`, post({ link }))).account;
}

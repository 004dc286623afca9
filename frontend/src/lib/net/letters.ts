import type { Account } from './account';
import { ask, post } from './api';

const path = '/api/account';

/** Who is signed in here, null for guests, and whether this server sends mail. */
export async function accountAndMail(): Promise<{ account: Account | null; mail: boolean }> {
  const told = await ask<{ account?: Account; mail: boolean }>(path);
  return { account: told.account ?? null, mail: told.mail };
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

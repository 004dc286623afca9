import { language } from '../i18n';
import { ask, post } from './api';
import type { Account } from './account';

/** A key that one signs in with instead of a password. */
export interface Passkey {
  id: string;
  /** Where it was made: "Firefox on Linux"; "" if not known. */
  device: string;
  since: number; // Unix milliseconds, as all times
  used: number; // 0: never
}

const path = '/api/account/passkeys';
const door = '/api/account/login/passkey';

/**
 * Whether this browser has passkeys for these pages: they need a secure page, a
 * host with a name, and a browser that reads JSON (Web Authentication Level 3).
 */
export function passkeysWork(): boolean {
  const named = !/^[\d.]+$|:/.test(location.hostname);
  return (
    isSecureContext &&
    named &&
    typeof PublicKeyCredential === 'function' &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential
  );
}

/** The person turned the browser's question away, there was no key, or (adding one) there is one already. */
export function turnedAway(problem: unknown): boolean {
  return (
    problem instanceof DOMException &&
    ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(problem.name)
  );
}

export async function myPasskeys(): Promise<Passkey[]> {
  return (await ask<{ passkeys: Passkey[] }>(path)).passkeys;
}

/** Makes a passkey in this browser. Rejects with `turnedAway` if the person does not want to. */
export async function addPasskey(password: string): Promise<void> {
  const { options } = await ask<{ options: PublicKeyCredentialCreationOptionsJSON }>(
    `${path}/ask`,
    post({ password }),
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const answer = await navigator.credentials.create({ publicKey });
  await ask(path, post({ answer }));
}

export function dropPasskey(id: string): Promise<unknown> {
  return ask(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** Signs in with a passkey of this browser. Rejects with `turnedAway` if there is none that the person wants. */
export async function signInByPasskey(): Promise<Account | null> {
  const { options } = await ask<{ options: PublicKeyCredentialRequestOptionsJSON }>(`${door}/ask`, {
    method: 'POST',
  });
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const answer = await navigator.credentials.get({ publicKey });
  const told = await ask<{ account?: Account }>(door, post({ answer, language: language() }));
  return told.account ?? null;
}

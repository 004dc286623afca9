import { ask, post } from './api';

const path = '/api/account/second';

/** Makes the secret of a second step, and the address that an authenticator app takes it from. */
export function beginSecond(password: string): Promise<{ secret: string; address: string }> {
  return ask(path, post({ password }));
}

/** Confirms it by the first code. The recovery codes are told only here. */
export async function confirmSecond(code: string): Promise<string[]> {
  return (await ask<{ recovery: string[] }>(`${path}/confirm`, post({ code }))).recovery;
}

/** Takes the second step away. */
export function endSecond(password: string): Promise<unknown> {
  return ask(`${path}/end`, post({ password }));
}

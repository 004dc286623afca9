import { ask, post } from './api';
import { roomPath } from './path';

/** A webhook, as hosts are told of it. Times are Unix milliseconds. */
export interface Hook {
  id: string;
  url: string;
  what: string[];
  /** When it was switched off, and why; without it is on. */
  off?: number;
  why?: string;
  /** So much waits to be sent. */
  waiting: number;
  /** When it is tried again. */
  next?: number;
  /** Until when its former secret is good, too. */
  both?: number;
  last?: Answer;
}

/** What came of a delivery. */
export interface Answer {
  at: number;
  /** 0: there was no answer. */
  status: number;
  /** Milliseconds. */
  took: number;
  text?: string;
}

export interface Delivery {
  id: string;
  type: string;
  at: number;
  state: string;
  tries: number;
  last?: Answer;
}

const path = (code: string, hook = ''): string => `${roomPath(code)}/hooks${hook && `/${hook}`}`;

export function listHooks(code: string): Promise<{ hooks: Hook[]; types: string[] }> {
  return ask(path(code));
}

/** Makes a webhook. Its secret is told only this once. */
export function addHook(code: string, url: string, what: string[]): Promise<{ id: string; secret: string }> {
  return ask(path(code), post({ url, what }));
}

export function dropHook(code: string, hook: string): Promise<unknown> {
  return ask(path(code, hook), { method: 'DELETE' });
}

/** Gives it another secret, which is told only this once. */
export function rotateHook(code: string, hook: string): Promise<{ secret: string }> {
  return ask(`${path(code, hook)}/secret`, post({}));
}

export function switchOnHook(code: string, hook: string): Promise<unknown> {
  return ask(`${path(code, hook)}/on`, post({}));
}

export function pingHook(code: string, hook: string): Promise<unknown> {
  return ask(`${path(code, hook)}/ping`, post({}));
}

/** The last, the newest first. */
export function deliveriesOf(code: string, hook: string): Promise<{ deliveries: Delivery[] }> {
  return ask(`${path(code, hook)}/deliveries`);
}

export function deliverAgain(code: string, hook: string, delivery: string): Promise<unknown> {
  return ask(`${path(code, hook)}/deliveries/${delivery}`, post({}));
}

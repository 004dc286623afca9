import { read } from '../../lib/net/api';
import type { Answers } from './state';

/** A page of what was answered to a question with a text or a day. */
export interface Texts {
  answers: readonly { text: string; name?: string; count: number }[];
  /** Where the next page begins; 0: there is none. */
  next: number;
  all: number;
}

export function readTexts(code: string, id: string, question: string, from: number): Promise<Texts> {
  return read(code, id, 'texts', { question, from: String(from) });
}

/** What one person has sent. */
export interface Sheet {
  at: number;
  of: number;
  name: string;
  sent: number;
  answers: Answers;
}

export function readPerson(code: string, id: string, at: number): Promise<Sheet> {
  return read(code, id, 'person', { at: String(at) });
}

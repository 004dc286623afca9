import type { Question } from '../question';

/** A command that adds questions. */
export type Parcel =
  | { name: 'import'; content: { questions: readonly Question[] } }
  | { name: 'write'; content: { question: Question } };

/** How long the questions of one command are at most, in bytes: it goes over the socket. */
const MOST = 40_000;

/** As many questions at once as go into one command; one that is too long goes alone. */
export function parcels(questions: readonly Question[]): Parcel[] {
  const all: Parcel[] = [];
  let some: Question[] = [];
  let size = 0;
  const close = (): void => {
    if (some.length > 0) all.push({ name: 'import', content: { questions: some } });
    some = [];
    size = 0;
  };
  for (const question of questions) {
    const bytes = new TextEncoder().encode(JSON.stringify(question)).length + 1;
    if (size + bytes > MOST) close();
    if (bytes > MOST) {
      all.push({ name: 'write', content: { question } });
    } else {
      some.push(question);
      size += bytes;
    }
  }
  close();
  return all;
}

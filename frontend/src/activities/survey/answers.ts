import type { Answer, Answers, Page, Question } from './state';

/** What a person has put into a field: the ids of options, or a text. */
export type Value = readonly string[] | string;
export type Values = Record<string, Value>;

/** Why an answer cannot be sent. */
export type Fault = 'required' | 'few' | 'many' | 'number' | 'range';

export const MOST = { short: 200, long: 4000 } as const;

export function chosen(question: Pick<Question, 'kind'>): boolean {
  return question.kind === 'single' || question.kind === 'multiple';
}

export function scaled(question: Pick<Question, 'kind'>): boolean {
  return question.kind === 'rating' || question.kind === 'nps';
}

export function written(question: Pick<Question, 'kind'>): boolean {
  return question.kind === 'short' || question.kind === 'long';
}

/** What stands in the fields of a page, from what was answered before. */
export function valuesOf(page: Page, answers: Answers): Values {
  return Object.fromEntries(
    page.questions.map((q) => {
      const answer = answers[q.id];
      if (chosen(q)) return [q.id, Array.isArray(answer) ? answer : []];
      return [q.id, answer === undefined ? '' : String(answer)];
    }),
  );
}

/** A number as people write it: also with a comma. Null if it is none. */
function number(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return /^-?\d+(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

/** What is wrong with the answer to a question; null if nothing is. */
export function fault(question: Question, value: Value | undefined): Fault | null {
  if (empty(value)) return question.required ? 'required' : null;
  if (Array.isArray(value) && question.kind === 'multiple') {
    if (value.length < question.least) return 'few';
    return value.length > question.most ? 'many' : null;
  }
  if (question.kind !== 'number') return null;
  const n = number(value as string);
  if (n === null) return 'number';
  return n < question.from || n > question.to ? 'range' : null;
}

/** What of a page can be sent. Answers that cannot be sent as they are are left out. */
export function answersOf(page: Page, values: Values): Answers {
  const all: Record<string, Answer> = {};
  for (const question of page.questions) {
    const value = values[question.id];
    if (value === undefined || empty(value) || fault(question, value)) continue;
    const numeric = scaled(question) || question.kind === 'number';
    all[question.id] = numeric ? (number(value as string) ?? 0) : (value as Answer);
  }
  return all;
}

function empty(value: Value | undefined): boolean {
  return value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);
}

/** How wide a column of a histogram is, as the server makes it: 1, 2 or 5, or ten times that, and so on. */
export function binWidth({ from, to }: Pick<Question, 'from' | 'to'>): number {
  for (let unit = 1; ; unit *= 10) {
    for (const wide of [unit, 2 * unit, 5 * unit]) {
      if (Math.floor((to - from) / wide) + 1 <= 21) return wide;
    }
  }
}

/** The Net Promoter Score of the counts by step, from -100 to 100. */
export function score(counts: readonly number[]): number | null {
  const people = counts.reduce((sum, n) => sum + n, 0);
  if (people === 0) return null;
  const sum = (from: number, to: number): number => counts.slice(from, to + 1).reduce((all, n) => all + n, 0);
  return Math.round((100 * (sum(9, 10) - sum(0, 6))) / people);
}

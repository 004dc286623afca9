import type { Counts, Question } from '../question';

/** The dates that suit most people: most yes, and of these most if need be. Several are a tie. */
export function best({ options }: Pick<Question, 'options'>, counts: Counts): string[] {
  const of = (id: string, answer: string): number => counts[`${id}/${answer}`] ?? 0;
  const rank = (id: string): number => of(id, 'yes') * 1e6 + of(id, 'maybe');
  const most = Math.max(0, ...options.map(({ id }) => rank(id)));
  return most > 0 ? options.filter(({ id }) => rank(id) === most).map(({ id }) => id) : [];
}

/** The mean of a row of a scale, to a tenth; null if nobody has answered it. */
export function rowMean(row: string, columns: readonly string[], counts: Counts): number | null {
  let votes = 0;
  let sum = 0;
  for (const column of columns) {
    const n = counts[`${row}/${column}`] ?? 0;
    votes += n;
    sum += n * Number(column);
  }
  return votes > 0 ? Math.round((10 * sum) / votes) / 10 : null;
}

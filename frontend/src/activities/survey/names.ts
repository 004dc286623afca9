import { binWidth, chosen } from './answers';
import { END, type Jump, type Page, type Question } from './state';
import { words } from './words';

/** How a page is called where rules lead to it. */
export function pageName(pages: readonly Page[], id: string): string {
  const at = pages.findIndex((page) => page.id === id);
  return id === END || at < 0 ? words().rule.end : words().rule.page(at + 1, pages[at]?.title ?? '');
}

/** A rule as a sentence. */
export function ruleName(pages: readonly Page[], question: Question, jump: Jump): string {
  const to = pageName(pages, jump.go);
  if (!chosen(question)) return words().rule.range(jump.from, jump.to, to);
  return words().rule.option(question.options.find((o) => o.id === jump.option)?.text ?? '', to);
}

/** What the counts of a scale are of, in their order. */
export function stepNames(question: Question, count: number, number: (n: number) => string): string[] {
  const wide = question.kind === 'number' ? binWidth(question) : 1;
  return Array.from({ length: count }, (_, i) => {
    const from = question.from + i * wide;
    return wide === 1
      ? number(from)
      : words().results.step(number(from), number(Math.min(from + wide, question.to)));
  });
}

import type { Report, Reported } from '../out/report';

/** The same question, asked twice. */
export interface Pair {
  before: Reported;
  after: Reported;
}

/** What two polls have in common, and what only one of them has. */
export interface Comparison {
  pairs: readonly Pair[];
  /** Prompts. */
  onlyBefore: readonly string[];
  onlyAfter: readonly string[];
}

/** Questions that were asked in several rounds: the last closed round with the one before it. */
export function rounds(report: Report): Comparison {
  const pairs = [...grouped(report)].flatMap(([, all]) => {
    const [before, after] = all.slice(-2);
    return before && after ? [{ before, after }] : [];
  });
  return { pairs, onlyBefore: [], onlyAfter: [] };
}

/** What two polls have in common: questions of one kind with the same words, each in its last closed round. */
export function polls(before: Report, after: Report): Comparison {
  const left = lasts(before);
  const pairs: Pair[] = [];
  const alone: string[] = [];
  for (const round of lasts(after)) {
    const at = left.findIndex((other) => other.kind === round.kind && same(other.prompt, round.prompt));
    const [other] = at < 0 ? [] : left.splice(at, 1);
    if (other) pairs.push({ before: other, after: round });
    else alone.push(round.prompt);
  }
  return { pairs, onlyBefore: left.map(({ prompt }) => prompt), onlyAfter: alone };
}

/** Tells whether two texts are the same but for case, spaces and how accents are written. */
export function same(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function lasts(report: Report): Reported[] {
  return [...grouped(report).values()].flatMap((all) => all.slice(-1));
}

/** The closed rounds of each question, in the order in which they were asked. */
function grouped(report: Report): Map<string, Reported[]> {
  const all = new Map<string, Reported[]>();
  for (const round of report.rounds) {
    if (round.state !== 'closed') continue;
    all.set(round.id, [...(all.get(round.id) ?? []), round]);
  }
  for (const one of all.values()) one.sort((a, b) => a.round - b.round);
  return all;
}

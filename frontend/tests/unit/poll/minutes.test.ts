import { describe, expect, it } from 'vitest';
import { cellOf } from '../../../src/activities/doc/table/cell';
import { gridOf, seenIn } from '../../../src/activities/doc/table/grid';
import { linesOf } from '../../../src/activities/doc/more/text';
import { appended, decided, minutes } from '../../../src/activities/poll/out/minutes';
import type { Reported } from '../../../src/activities/poll/out/report';
import { apply, type Delta } from '../../../src/lib/delta';
import { tea as base } from './asked';

/** A document as text: a table as its rows, its cells between bars; of a line what it is. */
function shown(text: Delta): string[] {
  const out: string[] = [];
  let table: { cell: NonNullable<ReturnType<typeof cellOf>>; blank: boolean; line: string }[] = [];
  const flush = (): void => {
    if (table.length === 0) return;
    const { rows, columns, at } = gridOf(table);
    for (const row of rows) out.push(columns.map((column) => seenIn(at(row, column)).join('/')).join('|'));
    table = [];
  };
  for (const { text: line, attributes } of linesOf(text)) {
    const cell = cellOf(attributes);
    if (cell) {
      table.push({ cell, blank: line === '', line });
      continue;
    }
    flush();
    const [mark = ''] = Object.entries(attributes).map(([name, value]) => `${name} ${String(value)}: `);
    out.push(mark + line);
  }
  flush();
  return out;
}

const written = (...rounds: Reported[]): string[] =>
  shown(apply([{ insert: '\n' }], appended([{ insert: '\n' }], minutes({ title: '', rounds }))));

describe('minutes', () => {
  it('have what was chosen, the most first', () => {
    expect(written(base)).toEqual([
      'header 3: Which tea, and why?',
      expect.stringMatching(
        /^Single choice · 4 people voted · asked on November 30, 2026 at .* · with names$/,
      ),
      '|Votes|Share',
      'Green 🍵|3|75%',
      'Black|1|25%',
      '',
    ]);
  });

  it('have every form of question', () => {
    const of = (more: Partial<Reported>): string[] => written({ ...base, ...more }).slice(2, -1);
    const rating = { kind: 'rating', options: [], from: 1, to: 3, low: 'dull', high: 'great' } as const;
    expect(of({ ...rating, counts: { 1: 1, 3: 3 } })).toEqual([
      '|Votes|Share',
      '1 – dull|1|25%',
      '2|0|0%',
      '3 – great|3|75%',
      'Average 2.5',
    ]);
    const decides = { method: 'irv', order: [['b'], ['a']], winners: ['b'] } as const;
    expect(of({ kind: 'ranking', method: 'irv', seats: 1, methods: [decides] })).toEqual([
      expect.stringMatching(/^Decided by: /),
      '|First places|Share',
      'Green 🍵|3|75%',
      'Black|1|25%',
      expect.stringMatching(/^Green 🍵: decided by /),
    ]);
    expect(of({ kind: 'points', total: 10, points: { a: 10, b: 30 } })).toEqual([
      '|Points on average|Share',
      'Green 🍵|7.5|75%',
      'Black|2.5|25%',
    ]);
    const answers = { words: [{ text: 'sun', count: 2 }] } as never;
    expect(of({ kind: 'words', options: [], answers })).toEqual(['list bullet: sun – 2']);
    expect(of({ kind: 'wall', options: [], texts: ['more\nlight'] })).toEqual(['list bullet: more light']);
    const numbers = { median: 40, mean: 42.6666 } as never;
    expect(of({ kind: 'estimate', options: [], unit: 'm', answers: { numbers } })).toEqual([
      'list bullet: Median: 40 m',
      'list bullet: Mean: 42.667 m',
    ]);
    const days = [
      { id: 'a', text: '2026-12-01', date: '2026-12-01' },
      { id: 'b', text: '2026-12-02', date: '2026-12-02' },
    ];
    expect(of({ kind: 'dates', options: days, counts: { 'a/yes': 2, 'b/maybe': 1, 'b/no': 1 } })).toEqual([
      '|✓ Yes|(✓) If need be|✗ No',
      'Tue, Dec 1, 2026|2|0|0',
      'Wed, Dec 2, 2026|0|1|1',
    ]);
    expect(of({ kind: 'grid', from: 1, to: 2, counts: { 'a/1': 1, 'a/2': 3 } })).toEqual([
      '|1|2|Average',
      'Black|1|3|1.8',
      'Green 🍵|0|0|–',
    ]);
  });

  it('have nothing that everybody does not see', () => {
    const hidden: Partial<Reported>[] = [{ shown: false }, { state: 'open' }, { held: 3 }, { lost: true }];
    expect(decided({ title: '', rounds: hidden.map((more) => ({ ...base, ...more })) })).toEqual([]);
  });

  it('come behind what is there, and change nothing of it', () => {
    const text: Delta = [{ insert: 'Plan 🍵\none' }, { insert: '\n', attributes: { list: 'bullet' } }];
    const after = apply(text, appended(text, minutes({ title: '', rounds: [base] })));
    expect(shown(after)).toEqual(['Plan 🍵', 'list bullet: one', ...written(base)]);
  });
});

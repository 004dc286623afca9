// Tables are lines that name their cells: what is shown of them, what people do to them, and what they cannot do.
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { fromEditor } from '../../../src/activities/doc/exchange';
import { linesOf } from '../../../src/activities/doc/more/text';
import {
  becomes,
  cellBeside,
  does,
  endOf,
  newTable,
  tableAt,
  type Deed,
  type Place,
} from '../../../src/activities/doc/table/acts';
import { beyond } from '../../../src/activities/doc/table/arrows';
import { cellOf, isCell } from '../../../src/activities/doc/table/cell';
import { gridOf, seenIn, type Placed } from '../../../src/activities/doc/table/grid';
import { guarded } from '../../../src/activities/doc/table/guard';
import { apply, length, same, transform, type Delta, type Insert } from '../../../src/lib/delta';
import { edges, Random } from '../delta/random';

vi.setConfig({ testTimeout: 120_000 }); // many cases, and the machine may be busy

function cell(row: string, column: string, text = '', table = 't'): Insert[] {
  const value = `${table}-${row}-${column}`;
  const lines = text
    .split('\n')
    .flatMap((line): Insert[] => [
      ...(line ? [{ insert: line }] : []),
      { insert: '\n', attributes: { cell: value } },
    ]);
  return [{ insert: '\n', attributes: { 'cell-start': value } }, ...lines];
}

/** Two rows of two cells between two paragraphs. */
const TWO = apply(
  [{ insert: '\n' }],
  [
    { insert: 'before\n' },
    ...cell('1', 'a', 'one'),
    ...cell('1', 'b', 'two\nlines'),
    ...cell('2', 'a'),
    ...cell('2', 'b', 'four'),
    { insert: 'after' },
  ],
);

/** The tables of a text in few words. */
function tables(text: Delta): string[][][] {
  const out: string[][][] = [];
  let run: Placed<string>[] = [];
  const end = (): void => {
    if (run.length === 0) return;
    const { rows, columns, at } = gridOf(run);
    out.push(rows.map((row) => columns.map((column) => seenIn(at(row, column)).join('/'))));
    run = [];
  };
  for (const { text: line, attributes } of linesOf(text)) {
    const is = cellOf(attributes);
    if (is?.table !== run[0]?.cell.table) end();
    if (is) run.push({ cell: is, blank: line === '', line });
  }
  end();
  return out;
}

function place(text: Delta, words: string): Place {
  const at = [...linesOf(text)].find((line) => line.text === words)?.at ?? -1;
  return tableAt(text, at) as Place;
}

const plain = (text: Delta): string => text.map((op) => ('insert' in op ? op.insert : '')).join('');

test('tables look the same here as in files', () => {
  const path = '../collab/markup/testdata/grids.json';
  const all = JSON.parse(readFileSync(path, 'utf8')) as { content: Delta; tables: string[][][] | null }[];
  expect(all.length).toBeGreaterThan(100);
  for (const { content, tables: want } of all) expect(tables(content)).toEqual(want);
});

test('a cell has three short names', () => {
  for (const value of ['t-r-c', '0123456789ab-1-2']) expect(isCell(value)).toBe(true);
  for (const value of ['t-r', 't-r-c-d', 'T-r-c', 't--c', '0123456789abc-r-c', true, null]) {
    expect(isCell(value)).toBe(false);
  }
});

test('a new table stands where the caret is, and one can always write behind it', () => {
  for (const [text, index, want] of [
    [[{ insert: 'a\n\nb\n' }], 2, 'a\n[table]\nb\n'],
    [[{ insert: 'a\nb\n' }], 0, 'a\n[table]b\n'],
    [[{ insert: 'a\n' }], 1, 'a\n[table]\n'],
    [[{ insert: '\n' }], 0, '[table]\n'],
    [TWO, 8, 'before\n\none\n\ntwo\nlines\n\n\n\nfour\n[table]after\n'],
  ] as [Delta, number, string][]) {
    const { change, caret } = newTable(text, index, 2, 3);
    const after = apply(text, change);
    const made = tableAt(after, caret) as Place;
    expect(made.grid.rows.length).toBe(2);
    expect(made.grid.columns.length).toBe(3);
    expect(plain(after)).toBe(want.replace('[table]', '\n'.repeat(12)));
  }
  const head: Delta = [{ insert: 'a' }, { insert: '\n', attributes: { header: 1 } }];
  const after = apply(head, newTable(head, 1, 1, 1).change);
  expect(after.slice(0, 2)).toEqual(head);
  expect(after.at(-1)).toEqual({ insert: '\n' });
});

test('rows and columns come and go', () => {
  const done = (words: string, deed: Deed): string[][][] => {
    const { change } = does(place(TWO, words), deed);
    return tables(apply(TWO, change));
  };
  expect(done('one', 'above')).toEqual([
    [
      ['', ''],
      ['one', 'two/lines'],
      ['', 'four'],
    ],
  ]);
  expect(done('one', 'below')).toEqual([
    [
      ['one', 'two/lines'],
      ['', ''],
      ['', 'four'],
    ],
  ]);
  expect(done('four', 'before')).toEqual([
    [
      ['one', '', 'two/lines'],
      ['', '', 'four'],
    ],
  ]);
  expect(done('four', 'after')).toEqual([
    [
      ['one', 'two/lines', ''],
      ['', 'four', ''],
    ],
  ]);
  expect(done('lines', 'row')).toEqual([[['', 'four']]]);
  expect(done('lines', 'column')).toEqual([[['one'], ['']]]);
  expect(done('four', 'table')).toEqual([]);
  const { change, goal } = does(place(TWO, 'four'), 'row');
  const after = apply(TWO, change);
  const left = place(after, 'lines');
  expect(endOf(left, goal)).toBe(plain(after).indexOf('lines') + 5);
  expect(plain(apply(after, does(left, 'row').change))).toBe('before\nafter\n');
});

test('from cell to cell in the order of reading', () => {
  const one = place(TWO, 'one');
  const walk = [one.cell as { row: string; column: string }];
  for (
    let next = cellBeside(one, 1);
    next;
    next = cellBeside({ ...one, cell: { ...one.cell, ...next } }, 1)
  ) {
    walk.push(next);
  }
  expect(walk.map(({ row, column }) => row + column)).toEqual(['1a', '1b', '2a', '2b']);
  expect(cellBeside(one, -1)).toBe(null);
});

test('arrows lead out of a cell at its ends, and not from right to left', () => {
  const flat = (): number => 0;
  const text = plain(TWO);
  const go = (words: string, off: number, way: Parameters<typeof beyond>[2]): number | null =>
    beyond(place(TWO, words), text.indexOf(words) + off, way, flat);
  expect(go('one', 1, 'Left')).toBe(null);
  expect(go('one', 0, 'Left')).toBe(6);
  expect(go('one', 3, 'Right')).toBe(text.indexOf('two'));
  expect(go('one', 2, 'Down')).toBe(text.indexOf('four') - 2);
  expect(go('one', 2, 'Up')).toBe(6);
  expect(go('four', 1, 'Up')).toBe(text.indexOf('lines') + 1);
  expect(go('four', 4, 'Right')).toBe(text.indexOf('after'));
  const heights = (at: number): number => (at > text.indexOf('two') + 3 ? 20 : 0);
  expect(beyond(place(TWO, 'two'), text.indexOf('two'), 'Down', heights)).toBe(null);
  const hebrew = apply([{ insert: '\n' }], [...cell('1', 'a', 'שלום'), ...cell('1', 'b', 'x')]);
  expect(beyond(place(hebrew, 'שלום'), 1, 'Left', flat)).toBe(null);
});

test('what is missing is put in by the next who changes the table, and twice is no harm', () => {
  const ragged = apply([{ insert: '\n' }], [...cell('1', 'a', 'x'), ...cell('1', 'b'), ...cell('2', 'a')]);
  const at = place(ragged, 'x');
  const fill = becomes(at, at.grid.rows, at.grid.columns);
  const { late, committed } = transform(fill, fill);
  const both = apply(apply(ragged, fill), late);
  expect(same(both, apply(apply(ragged, fill), committed))).toBe(true);
  expect(tables(apply(ragged, fill))).toEqual([
    [
      ['x', ''],
      ['', ''],
    ],
  ]);
  expect(tables(both)).toEqual([
    [
      ['x', ''],
      ['', '/'],
    ],
  ]);
});

test('typing, deleting and pasting leave a table whole', () => {
  const text = plain(TWO);
  const [one, two, four] = ['one', 'two', 'four'].map((words) => text.indexOf(words)) as [
    number,
    number,
    number,
  ];
  const from = (ops: Delta): Delta => guarded(fromEditor(ops, TWO), TWO);
  const after = (ops: Delta): string[][] => tables(apply(TWO, from(ops)))[0] as string[][];
  const whole = tables(TWO)[0];
  // The end of a cell does not go, nor what stands before and behind the table.
  for (const at of [one - 2, one - 1, one + 3, one + 4, four - 1, text.indexOf('after') - 1]) {
    expect(from([{ retain: at }, { delete: 1 }]), String(at)).toEqual([]);
  }
  expect(after([{ retain: two + 3 }, { delete: 1 }])[0]).toEqual(['one', 'twolines']);
  expect(after([{ retain: one + 1 }, { delete: four + 1 - one }])).toEqual([
    ['o', ''],
    ['', 'ur'],
  ]);
  expect(after([{ retain: 2 }, { delete: one }])).toEqual([
    ['e', 'two/lines'],
    ['', 'four'],
  ]);
  expect(after([{ delete: 7 }])).toEqual(whole);
  expect(plain(apply(TWO, from([{ retain: 3 }, { delete: text.length - 5 }])))).toBe('befr\n');
  expect(from([{ insert: 'x' }, { delete: 7 }])).toEqual([{ insert: 'x' }, { delete: 6 }]);
  // What is typed in the line that nobody sees is typed in the cell, and stays in it.
  expect(after([{ retain: one - 1 }, { insert: 'x' }])[0]).toEqual(['xone', 'two/lines']);
  expect(after([{ retain: one + 1 }, { insert: '\n' }])[0]).toEqual(['o/ne', 'two/lines']);
  expect(
    after([{ retain: one + 3 }, { insert: 'x' }, { insert: '\n', attributes: { list: 'bullet' } }])[0],
  ).toEqual(['onex/', 'two/lines']);
  expect(after([{ retain: one + 3 }, ...cell('9', 'z', 'new', 'u')])[0]).toEqual(['onenew/', 'two/lines']);
  // Lines of cells become nothing else, and other lines no lines of cells.
  expect(from([{ retain: one + 3 }, { retain: 1, attributes: { header: 1, cell: null } }])).toEqual([]);
  expect(from([{ retain: 6 }, { retain: 1, attributes: { cell: 't-1-a', header: 1 } }])).toEqual([
    { retain: 6 },
    { retain: 1, attributes: { header: 1 } },
  ]);
  // A table that is pasted into a line begins behind what stands there.
  const pasted = apply(TWO, from([{ retain: 3 }, ...cell('1', 'a', 'in', 'u')]));
  expect(tables(pasted)).toEqual([[['in']], whole]);
  expect(plain(pasted).startsWith('bef\n\nin\nore\n')).toBe(true);
});

test('whatever an editor tells, tables stay whole', () => {
  const random = new Random(29);
  const shape = (text: Delta): string[] =>
    tables(text).flatMap((rows, i) => rows.map((row) => `${i}: ${row.length}`));
  for (let i = 0; i < 1500; i++) {
    const places = edges(TWO).filter((at) => at < length(TWO)); // the last newline nobody deletes
    const [a, b] = [random.one(places), random.one(places)].sort((x, y) => x - y) as [number, number];
    const put = random.one<Delta>([[], [{ insert: 'x' }], [{ insert: '\n' }], [{ insert: 'a\nb' }]]);
    const ops: Delta = [
      ...(a > 0 ? [{ retain: a }] : []),
      ...put,
      ...(b > a
        ? [random.below(2) === 0 ? { delete: b - a } : { retain: b - a, attributes: { header: 1 } }]
        : []),
    ];
    let change: Delta;
    try {
      change = guarded(fromEditor(ops, TWO), TWO);
    } catch {
      continue; // it deletes the last newline and cannot be said otherwise
    }
    const after = apply(TWO, change);
    const all = a <= 7 && b >= plain(TWO).indexOf('after') && ops.some((op) => 'delete' in op);
    expect(shape(after), JSON.stringify(ops)).toEqual(all ? [] : shape(TWO));
    expect(length(after)).toBeGreaterThan(0);
    // What is left alone is left alone.
    expect(guarded(change, TWO)).toEqual(change);
  }
});

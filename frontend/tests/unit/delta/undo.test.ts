// Undo is a person's own: it takes back what they did and nothing that others did.
import { expect, test, vi } from 'vitest';
import {
  apply,
  Builder,
  canonical,
  History,
  isDelete,
  isInsert,
  length,
  size,
  slice,
  type Delta,
  type Insert,
} from '../../../src/lib/delta';
import { forSeeds, type Random } from './random';

vi.setConfig({ testTimeout: 120_000 }); // many cases, and the machine may be busy

const LONG = 10_000;

function letters(text: Delta, letter: string): number {
  return (
    text
      .map((op) => (op as Insert).insert)
      .join('')
      .split(letter).length - 1
  );
}

/** Inserts a person's own letter or deletes a part; the last newline stays. */
function change(random: Random, text: Delta, letter: string): Delta {
  const most = length(text) - 1;
  const at = random.below(most + 1);
  const out = new Builder().retain(at);
  const n = Math.min(most - at, random.below(3));
  const what = random.below(4);
  if (what < 2) return out.push({ insert: letter.repeat(1 + random.below(3)) }).change();
  if (what === 2) return out.push({ delete: n }).change();
  return out.push({ retain: n, attributes: { bold: true } }).change();
}

test('everything taken back gives what was, everything done again gives what had become of it', () => {
  forSeeds(2000, (random) => {
    const history = new History();
    const start: Delta = [{ insert: 'ooo\nooo\n' }];
    let text = start;
    for (let i = 0, at = 0; i < 8; i++) {
      const made = change(random, text, 'a');
      at += random.below(2) * LONG;
      history.record(made, text, null, at);
      text = apply(text, made);
    }
    const end = text;
    for (let step = history.undo(text, null); step; step = history.undo(text, null))
      text = apply(text, step.change);
    expect(canonical(text)).toBe(canonical(start));
    for (let step = history.redo(text, null); step; step = history.redo(text, null))
      text = apply(text, step.change);
    expect(canonical(text)).toBe(canonical(end));
  });
});

test('it brings back what I deleted, removes only what I inserted, and leaves the others alone', () => {
  forSeeds(4000, (random) => {
    const history = new History();
    let text: Delta = [{ insert: 'oooo\noooo\n' }];
    let [deleted, written] = [0, 0];
    const other = (): void => {
      const made = change(random, text, 'b');
      let at = 0;
      for (const op of made) {
        if (isDelete(op)) {
          const gone = slice(text, at, at + op.delete);
          deleted += letters(gone, 'o');
          written -= letters(gone, 'b');
        }
        if (isInsert(op)) written += size(op);
        else at += size(op);
      }
      history.heard(made);
      text = apply(text, made);
    };
    for (let i = 0; i < 10; i++) {
      if (random.below(2) === 0) other();
      else {
        const made = change(random, text, 'a');
        history.record(made, text, null, i * LONG);
        text = apply(text, made);
      }
      if (random.below(6) === 0) {
        const step = history[random.below(2) === 0 ? 'undo' : 'redo'](text, null);
        if (step) text = apply(text, step.change);
      }
    }
    for (let step = history.undo(text, null); step; step = history.undo(text, null)) {
      text = apply(text, step.change);
      if (random.below(2) === 0) other();
    }
    expect(letters(text, 'a')).toBe(0);
    expect(letters(text, 'o')).toBe(8 - deleted);
    // What I deleted of theirs is back as well.
    expect(letters(text, 'b')).toBe(written);
  });
});

test('typing goes together until a pause, a new word, or another sort of change', () => {
  const history = new History();
  let text: Delta = [{ insert: '\n' }];
  const type = (words: string, at: number): void => {
    for (const letter of words) {
      const made: Delta = [...(length(text) > 1 ? [{ retain: length(text) - 1 }] : []), { insert: letter }];
      history.record(made, text, null, at);
      text = apply(text, made);
    }
  };
  const undo = (): string => {
    const step = history.undo(text, null);
    if (step) text = apply(text, step.change);
    return text.map((op) => (op as Insert).insert).join('');
  };
  type('one two', 0);
  type('three', LONG);
  expect(undo()).toBe('one two\n');
  expect(undo()).toBe('one \n');
  expect(undo()).toBe('\n');
  expect(history.undo(text, null)).toBe(null);
});

test('a new change forgets what could be done again, and the caret comes back to where it was', () => {
  const history = new History();
  const text: Delta = [{ insert: 'ab\n' }];
  history.record([{ retain: 2 }, { insert: 'c' }], text, { anchor: 2, head: 2 }, 0);
  history.heard([{ insert: 'xx' }]);
  const step = history.undo([{ insert: 'xxabc\n' }], { anchor: 5, head: 5 });
  expect(step).toEqual({ change: [{ retain: 4 }, { delete: 1 }], selected: { anchor: 4, head: 4 } });
  history.record([{ insert: 'y' }], [{ insert: 'xxab\n' }], null, LONG);
  expect(history.redo([{ insert: 'yxxab\n' }], null)).toBe(null);
});

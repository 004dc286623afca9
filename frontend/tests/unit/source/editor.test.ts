// A Markdown source between CodeMirror and the model: changes both ways, and what the one shows is what the other has.
import { ChangeSet, EditorState, Text } from '@codemirror/state';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fromChanges, toChanges, towards } from '../../../src/activities/source/changes';
import { SourceEditor } from '../../../src/activities/source/editor';
import { headings } from '../../../src/activities/source/outline';
import { newline, STYLES } from '../../../src/activities/source/writing';
import { apply, transform, type Delta } from '../../../src/lib/delta';
import { forSeeds, type Random } from '../delta/random';

vi.setConfig({ testTimeout: 120_000 }); // many cases, and the machine may be busy

const PIECES = ['a', 'be ', '漢字', '😀', '👩‍👩‍👧', '\n', '# ', '- [ ] ', '\n\n'];

/** Places of a text where no character is cut. */
function places(text: string): number[] {
  const out = [0];
  for (const character of text) out.push((out.at(-1) as number) + character.length);
  return out;
}

/** One to three edits of a text, in order. */
function edits(random: Random, text: string): { from: number; to: number; insert: string }[] {
  const all = places(text);
  const marks = Array.from(
    { length: 2 * (1 + random.below(3)) },
    () => all[random.below(all.length)] as number,
  ).sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < marks.length; i += 2) {
    const insert = random.below(3) ? (PIECES[random.below(PIECES.length)] as string) : '';
    out.push({
      from: marks[i] as number,
      to: random.below(3) ? (marks[i] as number) : (marks[i + 1] as number),
      insert,
    });
  }
  return out;
}

const model = (text: string): Delta => [{ insert: `${text}\n` }];
const textOf = (delta: Delta): string =>
  delta
    .map((op) => ('insert' in op ? String(op.insert) : ''))
    .join('')
    .slice(0, -1);

test('changes both ways say the same at random', () => {
  forSeeds(10, (random) => {
    let text = '';
    for (let i = 0; i < 100; i++) {
      const doc = Text.of(text.split('\n'));
      const changes = ChangeSet.of(edits(random, text), doc.length);
      const delta = fromChanges(changes, doc);
      const after = changes.apply(doc).toString();
      expect(textOf(apply(model(text), delta))).toBe(after);
      expect(ChangeSet.of(toChanges(delta), doc.length).apply(doc).toString()).toBe(after);
      const one = towards(text, after);
      if (one) expect(text.slice(0, one.from) + one.insert + text.slice(one.to)).toBe(after);
      else expect(after).toBe(text);
      text = after.slice(0, 400).replace(/[\ud800-\udbff]$/, '');
    }
  });
});

test('a change that would cut a character takes the whole of it', () => {
  const doc = Text.of(['a😀b']);
  const other = ChangeSet.of({ from: 2, to: 3, insert: '\ude01' }, 4);
  expect(fromChanges(other, doc)).toEqual([{ retain: 1 }, { insert: '😁' }, { delete: 2 }]);
  const half = ChangeSet.of({ from: 1, to: 2 }, 4);
  expect(textOf(apply(model('a😀b'), fromChanges(half, doc)))).toBe('a\ufffdb');
});

describe('the editor', () => {
  let host: HTMLElement;
  beforeEach(() => document.body.append((host = document.createElement('div'))));
  afterEach(() => host.remove());

  /** An editor over a model, as a document is one. */
  function opened(text: string): {
    editor: SourceEditor;
    now: () => string;
    told: Delta[];
    heard(change: Delta): void;
  } {
    let now = model(text);
    const told: Delta[] = [];
    const editor = new SourceEditor(host, {
      label: 'text',
      edit: (change) => {
        now = apply(now, change);
        told.push(change);
      },
      text: () => textOf(now),
      selected: () => undefined,
      undo: () => undefined,
      redo: () => undefined,
    });
    editor.show();
    editor.enable(true);
    const heard = (change: Delta): void => {
      now = apply(now, change);
      editor.shift(change);
    };
    return { editor, now: () => textOf(now), told, heard };
  }

  test('shows what the model has, whoever writes', () => {
    forSeeds(4, (random) => {
      const { editor, now, heard } = opened('# Plan\n\n- one 😀\n');
      for (let i = 0; i < 100; i++) {
        const text = now();
        if (random.below(2)) editor.view.dispatch({ changes: edits(random, text) });
        else {
          const doc = Text.of(text.split('\n'));
          heard(fromChanges(ChangeSet.of(edits(random, text), doc.length), doc));
        }
        if (random.below(20) === 0)
          editor.mark({
            carets: [{ peer: 'p', by: 'm', name: 'Ben', colour: 2, anchor: 0, head: 9, visits: 1 }],
            matches: [],
            now: 0,
          });
        expect(editor.view.state.doc.toString()).toBe(now());
      }
      editor.close();
    });
  });

  test('what happens while somebody composes waits, and what they compose goes on', () => {
    forSeeds(10, (random) => {
      const { editor, now, heard, told } = opened('ab\n漢');
      const composing = vi.spyOn(editor.view, 'compositionStarted', 'get').mockReturnValue(true);
      let shown = editor.view.state.doc.toString();
      for (let i = 0; i < 6; i++) {
        const doc = Text.of(now().split('\n'));
        heard(fromChanges(ChangeSet.of(edits(random, now()), doc.length), doc));
        expect(editor.view.state.doc.toString()).toBe(shown);
        editor.view.dispatch({ changes: { from: 1, insert: 'に' } });
        shown = `${shown.slice(0, 1)}に${shown.slice(1)}`;
        expect(editor.view.state.doc.toString()).toBe(shown);
      }
      expect(told).toHaveLength(6);
      composing.mockRestore();
      vi.useFakeTimers();
      editor.view.contentDOM.dispatchEvent(new Event('compositionend'));
      vi.runAllTimers();
      vi.useRealTimers();
      expect(editor.view.state.doc.toString()).toBe(now());
      editor.close();
    });
  });

  test('what no document can hold does not stay', () => {
    const { editor, now } = opened('ab');
    editor.view.dispatch({ changes: { from: 1, insert: 'x\0\ud83dy\r\nz' } });
    expect(now()).toBe('ax\ufffd\ufffdy\nzb');
    expect(editor.view.state.doc.toString()).toBe(now());
    editor.close();
  });

  test('an edit that the model refuses is taken back', () => {
    const { editor, now } = opened('ab');
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const editing = new SourceEditor(host, {
      label: 'text',
      edit: () => {
        throw new Error('not open');
      },
      text: () => 'ab',
      selected: () => undefined,
      undo: () => undefined,
      redo: () => undefined,
    });
    editing.show();
    editing.view.dispatch({ changes: { from: 0, insert: 'x' } });
    expect(editing.view.state.doc.toString()).toBe(now());
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
    editing.close();
    editor.close();
  });
});

/** A text after a command; | is the selection. */
function after(text: string, run: (typeof STYLES)[number]['run']): string {
  const [anchor, head] = [text.indexOf('|'), text.lastIndexOf('|')];
  const doc = text.replaceAll('|', '');
  let state = EditorState.create({ doc, selection: { anchor, head: head > anchor ? head - 1 : anchor } });
  run({ state, dispatch: (one) => (state = one.state) });
  const { from, to } = state.selection.main;
  const now = state.doc.toString();
  return from === to
    ? `${now.slice(0, from)}|${now.slice(from)}`
    : `${now.slice(0, from)}|${now.slice(from, to)}|${now.slice(to)}`;
}

test('buttons put the signs of Markdown there and take them away', () => {
  const [heading, bold, italic, code, link, list, checks, quote] = STYLES.map(
    ({ run }) => run,
  ) as (typeof STYLES)[number]['run'][];
  if (!heading || !bold || !italic || !code || !link || !list || !checks || !quote)
    throw new Error('a button is missing');
  expect(after('a |b| c', bold)).toBe('a **|b|** c');
  expect(after('a **|b|** c', bold)).toBe('a |b| c');
  expect(after('**|b|**', italic)).toBe('***|b|***');
  expect(after('|', code)).toBe('`|`');
  expect(after('a |b|', link)).toBe('a [b](|https://|)');
  expect(after('pl|an', heading)).toBe('# pl|an');
  expect(after('### pl|an', heading)).toBe('pl|an');
  expect(after('|a\nb|', list)).toBe('- |a\n- b|');
  expect(after('- a|', list)).toBe('a|');
  expect(after('  * a|', checks)).toBe('  - [ ] a|');
  expect(after('a|', quote)).toBe('> a|');
});

test('a new line in a list begins the next item, and ends the list in an empty one', () => {
  expect(after('- a|', newline)).toBe('- a\n- |');
  expect(after('  9. a|b', newline)).toBe('  9. a\n  10. |b');
  expect(after('- [x] a|', newline)).toBe('- [x] a\n- [ ] |');
  expect(after('> a|', newline)).toBe('> a\n> |');
  expect(after('a\n- |', newline)).toBe('a\n|');
  expect(after('|- a', newline)).toBe('|- a');
  expect(after('a|', newline)).toBe('a|');
});

test('headings are found where Markdown sees them', () => {
  const text = model(
    '# One #\n```\n# not\n```\n####### no\n  ## Two  \n#none\n# \n~~~\n```\n# not\n~~~\n### 三',
  );
  expect(headings(text).map(({ level, text }) => [level, text])).toEqual([
    [1, 'One'],
    [2, 'Two'],
    [3, '三'],
  ]);
});

test('a change of somebody else over one that waits is the model’s, not CodeMirror’s', () => {
  const [mine, theirs]: Delta[] = [
    [{ retain: 1 }, { insert: 'x' }],
    [{ delete: 2 }, { insert: 'y' }],
  ] as Delta[];
  const crossed = transform(mine as Delta, theirs as Delta);
  expect(textOf(apply(apply(model('ab'), theirs as Delta), crossed.late))).toBe(
    textOf(apply(apply(model('ab'), mine as Delta), crossed.committed)),
  );
});

import { indentLess, indentMore } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import { EditorSelection, type ChangeSpec, type EditorState, type StateCommand } from '@codemirror/state';
import type { Command } from '@codemirror/view';
import Bold from '@lucide/svelte/icons/bold';
import Code from '@lucide/svelte/icons/code';
import Heading from '@lucide/svelte/icons/heading';
import Italic from '@lucide/svelte/icons/italic';
import Link from '@lucide/svelte/icons/link';
import List from '@lucide/svelte/icons/list';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Quote from '@lucide/svelte/icons/text-quote';
import type { Sign } from '../../ui/Icon.svelte';
import { words as doc } from '../doc/words';
import { words } from './words';

/** The signs of Markdown that a button or a key puts around or before the text, or takes away. */
export interface Writing {
  icon: Sign;
  label(): string;
  key?: string;
  run: StateCommand;
}

export const STYLES: readonly Writing[] = [
  { icon: Heading, label: () => words().heading, key: 'Mod-Alt-h', run: headed },
  { icon: Bold, label: () => doc().bold, key: 'Mod-b', run: around('**') },
  { icon: Italic, label: () => doc().italic, key: 'Mod-i', run: around('*') },
  { icon: Code, label: () => doc().inlineCode, key: 'Mod-e', run: around('`') },
  { icon: Link, label: () => doc().link, key: 'Mod-k', run: linked },
  { icon: List, label: () => doc().bullets, key: 'Mod-Shift-8', run: before('- ') },
  { icon: ListChecks, label: () => doc().checks, key: 'Mod-Shift-9', run: before('- [ ] ') },
  { icon: Quote, label: () => doc().styles.blockquote, key: 'Mod-Shift-.', run: before('> ') },
];

/** What begins an item of a list, or a quote. */
const ITEM = /^(\s*)(?:(>+ ?)|([-*+]|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?)/;

/** Puts a sign on both sides of what is selected, or takes it away where it is. */
function around(sign: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const n = sign.length;
    const change = state.changeByRange(({ from, to }) => {
      const [left, right] = [state.sliceDoc(from - n, from), state.sliceDoc(to, to + n)];
      const there = left === sign && right === sign && state.sliceDoc(from - n - 1, from - n) !== sign[0];
      if (there) {
        const changes = [
          { from: from - n, to: from },
          { from: to, to: to + n },
        ];
        return { changes, range: EditorSelection.range(from - n, to - n) };
      }
      const changes = [
        { from, insert: sign },
        { from: to, insert: sign },
      ];
      return { changes, range: EditorSelection.range(from + n, to + n) };
    });
    dispatch(state.update(change, { scrollIntoView: true, userEvent: 'input' }));
    return true;
  };
}

/** Makes a link of what is selected; its address is selected, to be typed. */
const ADDRESS = 'https://';
function linked({ state, dispatch }: Parameters<StateCommand>[0]): boolean {
  if (state.readOnly) return false;
  const { from, to } = state.selection.main;
  const at = to + 3;
  dispatch(
    state.update({
      changes: [
        { from, insert: '[' },
        { from: to, insert: `](${ADDRESS})` },
      ],
      selection: from === to ? { anchor: from + 1 } : { anchor: at, head: at + ADDRESS.length },
      scrollIntoView: true,
      userEvent: 'input',
    }),
  );
  return true;
}

/** Puts a sign before every selected line, or takes it away if all have it. */
function before(sign: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const lines = selectedLines(state);
    const all = lines.every(({ text }) => text.startsWith(sign));
    const changes: ChangeSpec[] = lines.map(({ from, text }) => {
      if (all) return { from, to: from + sign.length };
      const item = sign === '> ' ? null : ITEM.exec(text);
      const indent = item?.[1] ?? '';
      return { from: from + indent.length, to: from + (item?.[0].length ?? 0), insert: sign };
    });
    dispatch(state.update({ changes, scrollIntoView: true, userEvent: 'input' }));
    return true;
  };
}

/** No heading, then one of the first, second, third level, and none again. */
function headed({ state, dispatch }: Parameters<StateCommand>[0]): boolean {
  if (state.readOnly) return false;
  const changes = selectedLines(state).map(({ from, text }) => {
    const is = /^(#{1,6}) /.exec(text)?.[1]?.length ?? 0;
    return { from, to: from + (is > 0 ? is + 1 : 0), insert: is >= 3 ? '' : `${'#'.repeat(is + 1)} ` };
  });
  dispatch(state.update({ changes, scrollIntoView: true, userEvent: 'input' }));
  return true;
}

function selectedLines(state: EditorState): { from: number; text: string }[] {
  const { from, to } = state.selection.main;
  const lines = [];
  for (let line = state.doc.lineAt(from); ; line = state.doc.lineAt(line.to + 1)) {
    lines.push(line);
    if (line.to >= to) return lines;
  }
}

/** A new line in a list begins with the next item; in an empty item it ends the list. */
export const newline: StateCommand = ({ state, dispatch }) => {
  const { from, empty } = state.selection.main;
  const line = state.doc.lineAt(from);
  const item = ITEM.exec(line.text);
  if (state.readOnly || !empty || !item || from < line.from + item[0].length) return false;
  const [whole, indent = '', quote, mark = '', number, after = '', space = '', check] = item;
  if (line.text.length === whole.length) {
    dispatch(state.update({ changes: { from: line.from, to: line.to }, userEvent: 'input' }));
    return true;
  }
  const next = quote ?? `${number ? Number(number) + 1 + after : mark}${space}${check ? '[ ] ' : ''}`;
  const insert = `\n${indent}${next}`;
  dispatch(
    state.update({
      changes: { from, insert },
      selection: { anchor: from + insert.length },
      scrollIntoView: true,
      userEvent: 'input',
    }),
  );
  return true;
};

/** Tab moves the items of a list; everywhere else it moves the focus. */
export function shiftItem(by: 1 | -1): Command {
  return (view) => {
    const { state } = view;
    if (!selectedLines(state).every(({ text }) => ITEM.test(text))) return false;
    return by > 0 ? indentMore(view) : indentLess(view);
  };
}

/** In code, Tab moves what is selected, or puts in a step of indentation. */
export function shiftLines(by: 1 | -1): Command {
  return (view) => {
    const { state } = view;
    if (state.readOnly) return false;
    if (by < 0) return indentLess(view);
    if (state.selection.ranges.some(({ empty }) => !empty)) return indentMore(view);
    const insert = state.facet(indentUnit);
    view.dispatch(state.update(state.replaceSelection(insert), { scrollIntoView: true, userEvent: 'input' }));
    return true;
  };
}

/** Escape leaves the text, so that Tab can go on from there. */
export const leave: Command = (view) => {
  view.contentDOM.blur();
  return true;
};

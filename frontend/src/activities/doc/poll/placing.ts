import { length, size, type Attributes, type Delta, type Insert } from '../../../lib/delta';
import type { Question } from '../../poll/question';
import { lineAt, linesOf, type Line } from '../more/text';
import { pollOf } from './told';

/** A poll that somebody is about to put into the text. */
export interface Wish {
  /** Where it will stand: at the beginning of a line. It moves with the text. */
  at: number;
  prompt: string;
  options: readonly string[];
}

/** As many characters as an option, and as a question can have; as many options. */
const MOST = { option: 200, prompt: 1000, options: 100 };

/** A poll about what is selected: its lines are the options, the line before them the question. */
export function about(text: Delta, { index, length: n }: { index: number; length: number }): Wish {
  const all = [...linesOf(text)];
  const touched = all.filter(
    ({ at, text: { length } }) => at + length >= index && at < index + Math.max(n, 1),
  );
  // A selection that begins behind a line means what follows.
  const behind = touched.length > 1 && index === (touched[0] as Line).at + (touched[0] as Line).text.length;
  const chosen = behind ? touched.slice(1) : touched;
  const last = chosen.at(-1) as Line;
  const options = n > 0 ? said(chosen) : [];
  const first = all.indexOf(chosen[0] as Line);
  const before = options.length > 1 ? all.slice(0, first).findLast((line) => words(line) !== '') : undefined;
  const prompt = options.length > 1 ? (before ? words(before) : '') : (options[0] ?? '');
  const blank = n === 0 && last.text === '';
  return {
    at: blank ? last.at : last.at + last.text.length + 1,
    prompt: prompt.slice(0, MOST.prompt),
    options: options.length > 1 ? options : [],
  };
}

/** Tells whether several lines are selected, so that they can be voted on. */
export function votable(text: Delta, { index, length }: { index: number; length: number }): boolean {
  return length > 0 && about(text, { index, length }).options.length > 1;
}

function said(lines: readonly Line[]): string[] {
  const all = lines.map(words).filter((text) => text !== '');
  return [...new Set(all.map((text) => text.slice(0, MOST.option)))].slice(0, MOST.options);
}

/** What stands in a line, in words. */
function words({ text }: Line): string {
  return text.replaceAll('\ufffc', ' ').replace(/\s+/g, ' ').trim();
}

/** The change that puts a poll at the beginning of a line, in a line of its own, and where the caret goes then. */
export function placing(text: Delta, at: number, poll: string): { change: Delta; caret: number } {
  const end = length(text);
  if (at >= end) {
    const { attributes } = lineAt(text, end - 1) as Line;
    const bare = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
    const last = Object.keys(attributes).length > 0;
    return {
      change: [
        ...kept(end - 1),
        { insert: '\n', ...(last && { attributes }) },
        { insert: { poll } },
        { insert: '\n' },
        ...(last ? [{ retain: 1, attributes: bare as Attributes }] : []),
      ],
      caret: end + 2,
    };
  }
  return { change: [...kept(at), { insert: { poll } }, { insert: '\n' }], caret: at + 2 };
}

function kept(n: number): Delta {
  return n > 0 ? [{ retain: n }] : [];
}

/** Where a poll stands in a text; null if it does not. */
export function placeOf(text: Delta, poll: string): number | null {
  let at = 0;
  for (const op of text as readonly Insert[]) {
    if (pollOf(op.insert) === poll) return at;
    at += size(op);
  }
  return null;
}

/** What the room is asked for, to make a poll that stands in a document. */
export function asking(question: Question, document: string, least: string): Record<string, unknown> {
  const title = question.prompt.replace(/\s+/g, ' ').trim().slice(0, 120);
  return { kind: 'poll', title, least, settings: { shownIn: document, questions: [question] } };
}

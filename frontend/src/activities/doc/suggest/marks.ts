import { attributesOf, isInsert, size, type Attributes, type Delta, type Insert } from '../../../lib/delta';
import type { Span } from '../lines';

/**
 * A mark is the attribute by which a suggestion is in the text: "added-" and the suggestion's id on what it
 * adds, "removed-" and the id on what it removes, with the colour of its author. The id begins with the
 * member's. As on the server.
 */
const MARK = /^(added|removed)-([0-9A-Za-z]+)-([0-9A-Za-z]+)$/;

/** So many suggestions may be on one piece of text. */
export const MOST_MARKS = 16;

export interface MarkOf {
  suggestion: string;
  adds: boolean;
  /** The member. */
  by: string;
}

export function markOf(name: string): MarkOf | null {
  const [, sort, by = '', own = ''] = MARK.exec(name) ?? [];
  return sort ? { suggestion: `${by}-${own}`, adds: sort === 'added', by } : null;
}

export function added(suggestion: string): string {
  return `added-${suggestion}`;
}

export function removed(suggestion: string): string {
  return `removed-${suggestion}`;
}

export function marksOf(attributes: Attributes | undefined): MarkOf[] {
  return Object.keys(attributes ?? {}).flatMap((name) => markOf(name) ?? []);
}

/** Tells whether something was added by suggestions of a member alone. */
export function addedBy(attributes: Attributes | undefined, by: string): boolean {
  const adding = marksOf(attributes).filter(({ adds }) => adds);
  return adding.length > 0 && adding.every((mark) => mark.by === by);
}

/** A suggestion as the text has it. */
export interface Found {
  id: string;
  added: string;
  removed: string;
  /** Where it is, in the order of the text. */
  spans: readonly Span[];
}

/** The open suggestions of a text, in its order. `words`: what stands for an insert. */
export function found(text: Delta, words: (op: Insert) => string): Found[] {
  const all = new Map<string, Found & { spans: Span[] }>();
  let at = 0;
  for (const op of text) {
    const to = at + size(op);
    const marks = isInsert(op) && op.attributes ? marksOf(attributesOf(op)) : [];
    for (const { suggestion, adds } of marks) {
      const one = all.get(suggestion) ?? { id: suggestion, added: '', removed: '', spans: [] };
      all.set(suggestion, one);
      if (adds) one.added += words(op as Insert);
      else one.removed += words(op as Insert);
      const last = one.spans.at(-1);
      if (last?.to === at) last.to = to;
      else one.spans.push({ from: at, to });
    }
    at = to;
  }
  return [...all.values()];
}

/** How marks look: "added" or "removed" or both, each with its colour; null without any. */
export function look(attributes: Attributes | undefined): string | null {
  const out: string[] = [];
  for (const [name, value] of Object.entries(attributes ?? {})) {
    const mark = markOf(name);
    if (mark && value !== null) out.push(`${mark.adds ? 'added' : 'removed'} ${String(value)}`);
  }
  const first = (sort: string): string[] => out.filter((one) => one.startsWith(sort)).slice(0, 1);
  return out.length > 0 ? [...first('added'), ...first('removed')].join(' ') : null;
}

/** The colour of what looks so: of what is to go, if both are said. */
export function colourOf(look: string): string {
  return look.split(' ').at(-1) ?? '';
}

/** What it is to those who do not see it. */
export function roleOf(look: string): 'insertion' | 'deletion' {
  return look.includes('removed') ? 'deletion' : 'insertion';
}

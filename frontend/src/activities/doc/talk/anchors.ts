import {
  attributesOf,
  isInsert,
  isRetain,
  size,
  withAttributes,
  type Attributes,
  type Delta,
  type Op,
} from '../../../lib/delta';
import type { Span } from '../lines';

/**
 * An anchor is the attribute with which a thread of comments hangs on its text. The editor does not know
 * of anchors: what it does to the text moves them, and only the server lays one on text that is there.
 */
const PREFIX = 'comment-';

export function anchor(thread: number): string {
  return PREFIX + thread;
}

function anchored(name: string): number | null {
  return name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : null;
}

/** The anchors among some attributes. */
export function anchorsOf(attributes: Attributes | undefined): Attributes | undefined {
  return chosen(attributes, true);
}

/** An operation without anchors. */
export function bare<T extends Op>(op: T): T {
  if (!isInsert(op) && !isRetain(op)) return op;
  const others = chosen(op.attributes, false);
  return others === op.attributes ? op : (withAttributes(op, others) as T);
}

function chosen(attributes: Attributes | undefined, anchors: boolean): Attributes | undefined {
  if (!attributes) return undefined;
  const names = Object.keys(attributes);
  const kept = names.filter((name) => name.startsWith(PREFIX) === anchors);
  if (kept.length === names.length) return attributes;
  if (kept.length === 0) return undefined;
  return Object.fromEntries(kept.map((name) => [name, attributes[name] ?? null]));
}

/** What is written between two pieces of text belongs to the threads that both belong to. */
export function between(left: Attributes | undefined, right: Attributes | undefined): Attributes | undefined {
  const own = anchorsOf(left);
  if (!own || !right) return undefined;
  const both = Object.keys(own).filter((name) => name in right);
  return both.length > 0 ? Object.fromEntries(both.map((name) => [name, true])) : undefined;
}

/** A change as a person may make it who goes back to an earlier text: anchors stay where they are now. */
export function leaveAnchors(change: Delta): Delta {
  return change.map((op) => (isRetain(op) ? bare(op) : op));
}

/** Where in a text each thread hangs. */
export function passages(text: Delta): Map<number, Span[]> {
  const out = new Map<number, Span[]>();
  let at = 0;
  for (const op of text) {
    const to = at + size(op);
    for (const name of Object.keys(attributesOf(op) ?? {})) {
      const thread = anchored(name);
      if (thread === null) continue;
      const spans = out.get(thread) ?? [];
      const last = spans.at(-1);
      if (last?.to === at) last.to = to;
      else spans.push({ from: at, to });
      out.set(thread, spans);
    }
    at = to;
  }
  return out;
}

import { readPolls, type Polled } from '../poll/told';
import { decisionOf, type Decision } from '../suggest/told';
import { readDelta, readDocument, type Delta } from '../../../lib/delta';
import { fields, whole } from '../told';

/** What the server tells of a document's history, read into types. Throws a DeltaError for anything else. */

/** Who wrote: also somebody who has left the room for good. */
export interface Person {
  id: string;
  name: string;
  colour: number;
}

/** Changes that belong together. */
export interface Chunk {
  /** The revision before it. */
  from: number;
  to: number;
  start: number;
  end: number;
  by: readonly { id: string; changes: number }[];
  /** Changes of people who are not in `by`. */
  others: number;
  added: number;
  removed: number;
  /** The revision that somebody went back to by it. */
  restores: number | null;
  /** What the room has decided by it. */
  decided: Decision | null;
}

export interface Timeline {
  to: number;
  /** So many days single changes are kept; -1: for ever. */
  keeping: number;
  chunks: readonly Chunk[];
  people: readonly Person[];
}

export interface Revision {
  rev: number;
  /** When it was made; 0 for how the document began. */
  at: number;
  by: string;
  content: Delta;
  polls: readonly Polled[];
  authors: readonly Run[];
  people: readonly Person[];
}

/** A stretch of text by one person; '' if it was there from the beginning. */
export interface Run {
  by: string;
  length: number;
}

/** Some changes as one. */
export interface Step {
  to: number;
  at: number;
  by: readonly string[];
  change: Delta;
  /** What was seen of polls: the event's own list, which can take something away. */
  polls: unknown;
}

export interface Playback {
  to: number;
  steps: readonly Step[];
  people: readonly Person[];
}

export function readTimeline(value: unknown): Timeline {
  const { to, keeping, chunks, people } = fields(value);
  return {
    to: whole(to),
    keeping: keeping === undefined ? 30 : Number(keeping),
    chunks: list(chunks).map(readChunk),
    people: list(people).map(readPerson),
  };
}

export function readSum(value: unknown): string {
  return text(fields(value)['hash']);
}

export function readRevision(value: unknown): Revision {
  const { rev, at, by, content, polls, authors, people } = fields(value);
  return {
    rev: whole(rev),
    at: whole(at),
    by: text(by),
    content: readDocument(content),
    polls: readPolls(polls),
    authors: list(authors ?? []).map((run) => ({
      by: text(fields(run)['by']),
      length: whole(fields(run)['length']),
    })),
    people: list(people).map(readPerson),
  };
}

export function readPlayback(value: unknown): Playback {
  const { to, steps, people } = fields(value);
  const read = (step: unknown): Step => {
    const { to, at, by, change, polls } = fields(step);
    return { to: whole(to), at: whole(at), by: list(by).map(text), change: readDelta(change), polls };
  };
  return { to: whole(to), steps: list(steps).map(read), people: list(people).map(readPerson) };
}

function readChunk(value: unknown): Chunk {
  const c = fields(value);
  return {
    from: whole(c['from']),
    to: whole(c['to']),
    start: whole(c['start']),
    end: whole(c['end']),
    by: list(c['by']).map((share) => ({
      id: text(fields(share)['id']),
      changes: whole(fields(share)['changes']),
    })),
    others: whole(c['others'] ?? 0),
    added: whole(c['added']),
    removed: whole(c['removed']),
    restores: c['restores'] === undefined ? null : whole(c['restores']),
    decided: decisionOf(c),
  };
}

function readPerson(value: unknown): Person {
  const { id, name, colour } = fields(value);
  return { id: text(id), name: text(name), colour: whole(colour) };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

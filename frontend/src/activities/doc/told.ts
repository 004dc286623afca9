import { DeltaError, readDelta, readDocument, type Delta } from '../../lib/delta';
import type { RoomEvent } from '../../lib/net/protocol';
import { readPolls, type Polled } from './poll/told';
import { readSuggestions, type Suggestion } from './suggest/told';
import { readThreads, type Thread } from './talk/threads';

/** What the server tells of a document, read into types. Throws a DeltaError for anything else. */

export interface View {
  rev: number;
  content: Delta;
  versions: readonly Version[];
  threads: readonly Thread[];
  suggestions: readonly Suggestion[];
  polls: readonly Polled[];
  /** Of a source: '' is Markdown. */
  language: string;
}

/** A revision that has a name. */
export interface Version {
  rev: number;
  name: string;
  /** When it was given that. */
  at: number;
}

export interface Changed {
  rev: number;
  change: Delta;
  /** Of the content after it; in every hundredth event. */
  hash: string | null;
}

/** One change of this peer, or all changes of others between two revisions as one. */
export interface Step {
  own: boolean;
  n: number;
  from: number;
  to: number;
  change: Delta;
}

export function readView(value: unknown): View {
  const { rev, content, versions, threads, suggestions, polls, language } = fields(value);
  const named = Array.isArray(versions) ? versions.map((one) => readVersion(fields(one))) : [];
  return {
    rev: whole(rev),
    content: readDocument(content),
    versions: named,
    threads: readThreads(threads),
    suggestions: readSuggestions(suggestions),
    polls: readPolls(polls),
    language: typeof language === 'string' ? language : '',
  };
}

/** The named versions after one was named, or its name taken away. */
export function named(before: readonly Version[], event: Pick<RoomEvent, 'did' | 'with' | 'at'>): Version[] {
  const { rev, name } = fields(event.with);
  const others = before.filter((version) => version.rev !== rev);
  if (event.did === 'named') others.push(readVersion({ rev, name, at: event.at }));
  return others.sort((a, b) => a.rev - b.rev);
}

function readVersion({ rev, name, at }: Record<string, unknown>): Version {
  return { rev: whole(rev), name: typeof name === 'string' ? name : '', at: whole(at) };
}

export function readChanged(value: unknown): Changed {
  const { rev, change, hash } = fields(value);
  return { rev: whole(rev), change: readDelta(change), hash: typeof hash === 'string' ? hash : null };
}

export function readSteps(value: unknown): Step[] {
  const { steps } = fields(value);
  if (!Array.isArray(steps)) throw malformed();
  return steps.map((step) => {
    const { own, n, from, to, change } = fields(step);
    return {
      own: own === true,
      n: own === true ? whole(n) : 0,
      from: whole(from),
      to: whole(to),
      change: readDelta(change),
    };
  });
}

export function fields(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw malformed();
  return value as Record<string, unknown>;
}

export function whole(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw malformed();
  return value as number;
}

function malformed(): DeltaError {
  return new DeltaError('malformed', 'The server told something else than a document.');
}

import { DeltaError, readDelta, readDocument, type Delta } from '../../lib/delta';

/** What the server tells of a document, read into types. Throws a DeltaError for anything else. */

export interface View {
  rev: number;
  content: Delta;
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
  const { rev, content } = fields(value);
  return { rev: whole(rev), content: readDocument(content) };
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

function fields(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw malformed();
  return value as Record<string, unknown>;
}

function whole(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw malformed();
  return value as number;
}

function malformed(): DeltaError {
  return new DeltaError('malformed', 'The server told something else than a document.');
}

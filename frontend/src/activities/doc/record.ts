import { canonical, readDelta, readDocument, type Client, type Delta } from '../../lib/delta';
import type { Draft } from './drafts';

/**
 * What must survive a reload: what the server has at a revision, what it does not have, and drafts. The
 * epoch is there only if the queue may not know it: the base was on the shelf, and no server was reached.
 */
export interface Kept {
  /** Null if the server has everything. */
  pending: { base: Delta; client: Client; epoch?: string | null } | null;
  drafts: readonly Draft[];
}

/** As it is stored. The base is one text: a long list of operations would be slow to store at every key. */
interface Stored {
  rev?: number;
  base?: string;
  sent?: Delta;
  n?: number;
  buffer?: Delta;
  epoch?: string;
  drafts: readonly Draft[];
}

let written: { base: Delta; text: string } | null = null;

/** The record for the queue; undefined if there is nothing to keep. */
export function toStored({ pending, drafts }: Kept): Stored | undefined {
  if (!pending || pending.client.is === 'synced') return drafts.length > 0 ? { drafts } : undefined;
  const { base, client, epoch } = pending;
  if (written?.base !== base) written = { base, text: canonical(base) };
  const { rev, sent, n } = client;
  return {
    rev,
    base: written.text,
    sent,
    n,
    ...(client.is === 'waitingMore' ? { buffer: client.buffer } : {}),
    ...(epoch ? { epoch } : {}),
    drafts,
  };
}

/** Reads a record. One that makes no sense counts as none: it was written by another version of this page. */
export function fromStored(value: unknown): Kept {
  try {
    return read((value ?? {}) as Partial<Stored>);
  } catch {
    return { pending: null, drafts: [] };
  }
}

function read({ rev, base, sent, n, buffer, epoch, drafts = [] }: Partial<Stored>): Kept {
  const kept = drafts.map(({ at, content }) => ({ at, content: readDocument(content) }));
  if (rev === undefined || base === undefined || sent === undefined || n === undefined) {
    return { pending: null, drafts: kept };
  }
  const waiting = { rev, sent: readDelta(sent), n };
  const client: Client =
    buffer === undefined
      ? { is: 'waiting', ...waiting }
      : { is: 'waitingMore', ...waiting, buffer: readDelta(buffer) };
  return { pending: { base: readDocument(JSON.parse(base)), client, epoch: epoch ?? null }, drafts: kept };
}

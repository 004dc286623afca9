import { compose } from './compose';
import type { Delta } from './op';
import { transform } from './transform';

/**
 * Where a client stands with the server. One change is under way at a time; what is written meanwhile
 * waits in the buffer, which is the client's own and may be folded. What was once sent is never folded
 * with anything. All changes build on each other in this order: what the server has at `rev`, sent, buffer.
 */
export type Client =
  | { readonly is: 'synced'; readonly rev: number }
  | { readonly is: 'waiting'; readonly rev: number; readonly sent: Delta; readonly n: number }
  | {
      readonly is: 'waitingMore';
      readonly rev: number;
      readonly sent: Delta;
      readonly n: number;
      readonly buffer: Delta;
    };

/** The number of a change that has none yet: it is to be sent, against the client's present revision. */
export const DUE = 0;

export function synced(rev: number): Client {
  return { is: 'synced', rev };
}

/** The person has changed something. */
export function edited(client: Client, change: Delta): Client {
  switch (client.is) {
    case 'synced':
      return { is: 'waiting', rev: client.rev, sent: change, n: DUE };
    case 'waiting':
      return { ...client, is: 'waitingMore', buffer: change };
    case 'waitingMore':
      return { ...client, buffer: compose(client.buffer, change) };
  }
}

/** What is to be sent has got its number; or, with DUE, the number was settled in vain. */
export function numbered(client: Client, n: number): Client {
  return client.is === 'synced' ? client : { ...client, n };
}

/** Somebody else's change was committed. `change` is what it does to what the person sees. */
export function heard(client: Client, foreign: Delta, rev: number): { client: Client; change: Delta } {
  if (client.is === 'synced') return { client: synced(rev), change: foreign };
  const first = transform(client.sent, foreign);
  if (client.is === 'waiting') {
    return { client: { ...client, rev, sent: first.late }, change: first.committed };
  }
  const second = transform(client.buffer, first.committed);
  return { client: { ...client, rev, sent: first.late, buffer: second.late }, change: second.committed };
}

/** The change under way was committed: the next is due. */
export function acknowledged(client: Client, rev: number): Client {
  if (client.is !== 'waitingMore') return synced(rev);
  return { is: 'waiting', rev, sent: client.buffer, n: DUE };
}

/** What the server does not have yet, oldest first. */
export function pending(client: Client): Delta[] {
  if (client.is === 'synced') return [];
  return client.is === 'waiting' ? [client.sent] : [client.sent, client.buffer];
}

import type { Member } from '../net/protocol';
import type { Lobby } from './lobby';

/**
 * What this device last saw of its rooms, to be shown where the server cannot be reached: who one is, the
 * list, and a copy of each document that was open. It is no truth, and nothing is lost with it: what is
 * not saved is in the queues (lib/net/store.ts). So it is a database of its own, and all of it may fail.
 */
export interface KeptRoom {
  code: string;
  member: Member;
  lobby: Lobby;
  at: number;
}

const NAME = 'plenum-shelf';
/** As many rooms as the start page lists. */
const MOST = 12;

/** What was last seen of a room; null if nothing was. */
export async function keptRoom(code: string): Promise<KeptRoom | null> {
  return (await run((tx) => tx.objectStore('rooms').get(code))) ?? null;
}

/** Keeps a room; the one that was not opened for longest gives way. */
export async function keepRoom(room: KeptRoom): Promise<void> {
  await run((tx) => tx.objectStore('rooms').put(room));
  const all = (await run<KeptRoom[]>((tx) => tx.objectStore('rooms').getAll())) ?? [];
  const old = all.sort((a, b) => b.at - a.at).slice(MOST);
  for (const { code } of old) await forgetKept(code);
}

/** Forgets all that was seen of a room. */
export async function forgetKept(code: string): Promise<void> {
  await run((tx) => {
    tx.objectStore('copies').delete(IDBKeyRange.bound([code], [code, []]));
    return tx.objectStore('rooms').delete(code);
  });
}

/** The copy of an activity; what is in it is the activity's business. Null if there is none. */
export async function keptCopy(code: string, id: string): Promise<unknown> {
  return (await run((tx) => tx.objectStore('copies').get([code, id]))) ?? null;
}

/** Keeps a copy, or forgets it: null. */
export async function keepCopy(code: string, id: string, copy: unknown): Promise<void> {
  await run((tx) => {
    const copies = tx.objectStore('copies');
    return copy === null ? copies.delete([code, id]) : copies.put(copy, [code, id]);
  });
}

async function run<T>(body: (tx: IDBTransaction) => IDBRequest): Promise<T | undefined> {
  const database = await open();
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const tx = database.transaction(['rooms', 'copies'], 'readwrite');
      const request = body(tx);
      tx.oncomplete = () => resolve(request.result as T | undefined);
      tx.onabort = () => reject(tx.error);
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('rooms', { keyPath: 'code' });
      request.result.createObjectStore('copies');
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
  });
}

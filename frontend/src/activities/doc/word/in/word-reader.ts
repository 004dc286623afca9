import { read } from './read';
import { BadFile, type Why } from './trouble';
import type { Read } from './read';

/** Reads a Word file where that holds nobody up, and can be ended from outside. */
export type Answer = { read: Read } | { why: Why };

addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
  const answer = (it: Answer): void => postMessage(it);
  read(data).then(
    (it) => answer({ read: it }),
    (error: unknown) => answer({ why: error instanceof BadFile ? error.why : 'broken' }),
  );
});

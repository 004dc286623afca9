import { roomPath } from '../net/path';

/** Where a file of a room is. */
export function fileUrl(code: string, hash: string): string {
  return `${roomPath(code)}/files/${encodeURIComponent(hash)}`;
}

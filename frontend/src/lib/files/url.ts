/** Where a file of a room is. */
export function fileUrl(code: string, hash: string): string {
  return `/api/rooms/${encodeURIComponent(code)}/files/${encodeURIComponent(hash)}`;
}

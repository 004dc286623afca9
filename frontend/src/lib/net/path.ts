/** Where a room is asked: by its code, or where a screen of it is asked. */
export function roomPath(code: string): string {
  return code[0] === '/' ? code : `/api/rooms/${encodeURIComponent(code)}`;
}

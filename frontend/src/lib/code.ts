/** How long a room code is. */
export const codeLength = 6;

// A path of ours in a link: /K7TQ2M is where phones vote, /r/K7TQ2M the room.
const linked = /(?:^|[^/])\/(?:r\/)?([a-z0-9]{6})(?=[/?#\s]|$)/i;

/**
 * The room code in what somebody typed or pasted: lower case, with spaces or dashes, or a whole link to
 * the room. What is left of something unfinished is returned as it is, and may be shorter or longer.
 */
export function codeFrom(text: string): string {
  const code = linked.exec(text)?.[1] ?? text;
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Whether this can be the code of a room. */
export function isCode(code: string): boolean {
  return code.length === codeLength;
}

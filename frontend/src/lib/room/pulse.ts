/** What can be tapped, by the names on the wire, in the order of the row. */
export const REACTIONS = {
  up: '👍',
  heart: '❤️',
  clap: '👏',
  laugh: '😂',
  think: '🤔',
  party: '🎉',
} as const;

export type Reaction = keyof typeof REACTIONS;

/** The names of what can be tapped. */
export const reactions = Object.keys(REACTIONS) as Reaction[];

/** Between two taps that are sent, ms: three in a second, as the server counts. Of those between, the newest goes. */
export const TAP_PACE = 334;

/** The days for which a room can keep single changes; -1: for ever. */
export const DAYS = [7, 30, 90, 365, -1] as const;

/** A minute of the day as an input of times has it: "22:05". */
export function clockOf(minute: number): string {
  const part = (n: number): string => String(n).padStart(2, '0');
  return `${part(Math.floor(minute / 60))}:${part(minute % 60)}`;
}

/** The minute of the day that an input of times says; null if it says none. */
export function minuteOf(clock: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

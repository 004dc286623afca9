import { dated } from './when';

const fields = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
} as const;

/** What a clock in a zone shows at a time. */
export function wallClock(at: number, zone: string): { date: string; time: string } {
  const format = dated('en-US', { ...fields, hourCycle: 'h23', timeZone: zone });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    time: `${part['hour']}:${part['minute']}`,
  };
}

/**
 * The time in ms at which a clock in a zone shows this. An hour that is there twice is the first one; one that
 * is left out is as much later as the clocks are put forward.
 */
export function instant(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${time}Z`);
  const day = 86_400_000;
  // How far the zone is from UTC before and after: what is between them is one of the two.
  const offsets = [wall - day, wall + day].map((at) => {
    const shown = wallClock(at, zone);
    return Date.parse(`${shown.date}T${shown.time}Z`) - at;
  });
  const all = offsets.map((offset) => wall - offset);
  const fits = all.filter((at) => {
    const shown = wallClock(at, zone);
    return shown.date === date && shown.time === time;
  });
  return fits.length > 0 ? Math.min(...fits) : (all[0] ?? wall);
}

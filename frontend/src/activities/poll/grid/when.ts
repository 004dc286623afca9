import type { Option } from '../question';

/** A date as people read it. */
export interface When {
  /** "Thu, 3 Dec 2026" */
  day: string;
  /** "14:00–15:00", "" of a whole day. */
  time: string;
}

const made = new Map<string, Intl.DateTimeFormat>();

/** A format of dates. To make one takes a phone long, and a screen is painted often. */
export function dated(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options);
  const format = made.get(key) ?? new Intl.DateTimeFormat(tag, options);
  made.set(key, format);
  return format;
}

/** The time zone of this device. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Tells whether a browser knows a time zone. */
export function known(zone: string): boolean {
  try {
    dated('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A zone in words: "Central European Time (Berlin)". */
export function zoneName(zone: string, tag: string): string {
  // Of today: in 1970 many places put no clocks forward.
  const parts = dated(tag, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts();
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? '';
  return zone.includes('/') && !name.includes(city) ? `${name} (${city})` : name;
}

/** Tells whether all of these times are at the same hours in both zones. */
export function sameHours(options: readonly Option[], one: string, other: string): boolean {
  return options.every(({ start = 0 }) => !start || offset(start, one) === offset(start, other));
}

/**
 * Writes dates out in a zone. A day has none, and is the same everywhere. Where the clocks are changed between
 * these dates, each time says how far it is from UTC.
 */
export function writer(options: readonly Option[], zone: string, tag: string): (option: Option) => When {
  const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const [days, local] = ['UTC', zone].map((timeZone) => dated(tag, { ...date, timeZone }));
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = dated(tag, { ...time, timeZone: zone });
  const ends = options.flatMap(({ start = 0, end = 0 }) => (start ? [start, end] : []));
  const changes = new Set(ends.map((at) => offset(at, zone))).size > 1;
  const said = (at: number): string => clock.format(at) + (changes ? ` ${offset(at, zone)}` : '');
  return ({ date: day, start = 0, end = 0 }) => {
    if (day) return { day: days?.format(Date.parse(day)) ?? day, time: '' };
    const [from, to] = [local?.format(start) ?? '', local?.format(end) ?? ''];
    // The last minute of a day is midnight.
    const later = local?.format(end - 1) === from ? '' : `${to} `;
    return { day: from, time: `${said(start)}–${later}${said(end)}` };
  };
}

/** "GMT+5:30" */
export function offset(at: number, zone: string): string {
  const parts = dated('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

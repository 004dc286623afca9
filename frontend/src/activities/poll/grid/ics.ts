import type { Option } from '../question';

/** What is to be put into a calendar. */
export interface Entry {
  id: string;
  title: string;
  option: Option;
  /** When the entry was made, ms. */
  made: number;
}

/** A calendar file with one entry (RFC 5545): a whole day as a date, a time in UTC. */
export function calendar({ id, title, option, made }: Entry): string {
  const { date, start = 0, end = 0 } = option;
  const when = date
    ? [
        `DTSTART;VALUE=DATE:${compact(date)}`,
        `DTEND;VALUE=DATE:${compact(dayAfter(date))}`,
        'TRANSP:TRANSPARENT',
      ]
    : [`DTSTART:${utc(start)}`, `DTEND:${utc(end)}`];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plenum//Polls//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${id}@plenum`,
    `DTSTAMP:${utc(made)}`,
    ...when,
    `SUMMARY:${escaped(title)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Lets the person keep the entry as a file. */
export function keepEntry(entry: Entry, name: string): void {
  const url = URL.createObjectURL(new Blob([calendar(entry)], { type: 'text/calendar;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href: url, download: `${name}.ics` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function utc(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

function compact(date: string): string {
  return date.replaceAll('-', '');
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** A line is at most 75 bytes long, and goes on behind a line end and a space; no character is cut. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let out = '';
  let bytes = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (bytes + size > 75) {
      out += '\r\n ';
      bytes = 1;
    }
    out += character;
    bytes += size;
  }
  return out;
}

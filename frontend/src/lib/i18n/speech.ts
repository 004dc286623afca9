// How one language says numbers, times and amounts. Everything goes through Intl, so that a catalogue
// holds only words.

/** The forms of a sentence by amount; which of them a language uses is for Intl to say. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export interface Speech {
  readonly tag: string;
  /** 12345 → "12,345" */
  number(n: number): string;
  /** 0.256 → "26%" */
  share(part: number): string;
  /** The form for n, with "#" replaced by n. */
  plural(n: number, forms: Forms): string;
  /** "Ada, Ben and Cleo" */
  list(parts: readonly string[]): string;
  /** "12:04" or, with seconds, "12:04:31"; at is Unix milliseconds, as everywhere below. */
  time(at: number, seconds?: boolean): string;
  /** "14 March", with the year when it is not this one. */
  day(at: number, now?: number): string;
  /** "5 minutes ago", "yesterday"; a plain day when it is longer than a week ago. */
  ago(at: number, now?: number): string;
}

const minute = 60_000;
const hour = 60 * minute;
const dayLong = 24 * hour;

/** The speech of a language, by its tag ("en", "zh-CN"). Formats are made once. */
export function speech(tag: string): Speech {
  const numbers = new Intl.NumberFormat(tag);
  const shares = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const rules = new Intl.PluralRules(tag);
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' });
  const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const clockSeconds = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' });
  const days = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long' });
  const daysOfYears = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });

  function day(at: number, now = Date.now()): string {
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (sameYear ? days : daysOfYears).format(at);
  }

  function ago(at: number, now = Date.now()): string {
    const past = Math.max(0, now - at);
    if (past < minute) return relative.format(0, 'second');
    if (past < hour) return relative.format(-Math.floor(past / minute), 'minute');
    const midnights = Math.round((midnight(now) - midnight(at)) / dayLong);
    if (midnights === 0) return relative.format(-Math.floor(past / hour), 'hour');
    return midnights <= 7 ? relative.format(-midnights, 'day') : day(at, now);
  }

  return {
    tag,
    number: (n) => numbers.format(n),
    share: (part) => shares.format(part),
    plural: (n, forms) => (forms[rules.select(n)] ?? forms.other).replaceAll('#', numbers.format(n)),
    list: (parts) => lists.format(parts),
    time: (at, seconds = false) => (seconds ? clockSeconds : clock).format(at),
    day,
    ago,
  };
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

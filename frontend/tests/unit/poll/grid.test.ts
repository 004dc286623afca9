import { beforeEach, describe, expect, test, vi } from 'vitest';
import { en } from '../../../src/activities/poll/en';
import { draftTime, freshGrid, gridFault, gridOf } from '../../../src/activities/poll/grid/draft';
import { fault, fresh, written } from '../../../src/activities/poll/desk/draft';
import { best, rowMean } from '../../../src/activities/poll/grid/best';
import { en as words } from '../../../src/activities/poll/grid/en';
import { calendar } from '../../../src/activities/poll/grid/ics';
import { instant, wallClock } from '../../../src/activities/poll/grid/instant';
import { gridIn } from '../../../src/activities/poll/grid/part';
import { known, offset, sameHours, writer, zoneName } from '../../../src/activities/poll/grid/when';
import type { Question } from '../../../src/activities/poll/question';
import { votingView } from '../../../src/activities/poll/voting/view';
import { speech } from '../../../src/lib/i18n/speech';
import { told } from '../../../src/lib/i18n';
import { show } from '../../../src/vote/dom';
import { here, later, loading } from '../../../src/vote/later';
import { Seat } from '../../../src/activities/poll/seat';
import { publicly, question, Table } from './table';

const HOUR = 3_600_000;
/** 25 October 2026, 00:00 UTC; an hour later the clocks of Berlin go back. */
const BACK = Date.UTC(2026, 9, 25);
const time = (start: number, end: number) => ({ id: 'o', text: '', start, end });

describe('times in a zone', () => {
  test('are the same moment everywhere, at other hours', () => {
    const one = time(Date.UTC(2026, 11, 3, 13), Date.UTC(2026, 11, 3, 14, 30));
    const said = (zone: string) => writer([one], zone, 'en')(one);
    expect(said('Europe/Berlin')).toEqual({ day: 'Thu, Dec 3, 2026', time: '14:00–15:30' });
    expect(said('Asia/Kolkata')).toEqual({ day: 'Thu, Dec 3, 2026', time: '18:30–20:00' });
    expect(said('America/St_Johns')).toEqual({ day: 'Thu, Dec 3, 2026', time: '09:30–11:00' });
    expect(said('Pacific/Kiritimati')).toEqual({ day: 'Fri, Dec 4, 2026', time: '03:00–04:30' });
    expect(writer([one], 'Asia/Kolkata', 'zh-CN')(one).time).toBe('18:30–20:00');
  });

  test('say how far they are from UTC where the clocks are changed between them', () => {
    const options = [time(BACK, BACK + HOUR / 2), time(BACK + HOUR, BACK + HOUR * 1.5)];
    const berlin = options.map(writer(options, 'Europe/Berlin', 'en')).map((w) => w.time);
    expect(berlin).toEqual(['02:00 GMT+2–02:30 GMT+2', '02:00 GMT+1–02:30 GMT+1']);
    const kolkata = options.map(writer(options, 'Asia/Kolkata', 'en')).map((w) => w.time);
    expect(kolkata).toEqual(['05:30–06:00', '06:30–07:00']);
  });

  test('say on which day they end, if that is another one', () => {
    const night = time(Date.UTC(2026, 11, 3, 22), Date.UTC(2026, 11, 4, 2));
    expect(writer([night], 'Europe/Berlin', 'en')(night).time).toBe('23:00–Fri, Dec 4, 2026 03:00');
    const evening = time(Date.UTC(2026, 11, 3, 20), Date.UTC(2026, 11, 3, 23));
    expect(writer([evening], 'Europe/Berlin', 'en')(evening).time).toBe('21:00–00:00');
  });

  test('a day is the same day everywhere', () => {
    const day = { id: 'o', text: '', date: '2026-12-03' };
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin'])
      expect(writer([day], zone, 'en')(day)).toEqual({ day: 'Thu, Dec 3, 2026', time: '' });
  });

  test('zones have names, and are compared at the times that matter', () => {
    expect(zoneName('Europe/Berlin', 'en')).toBe('Central European Time (Berlin)');
    expect(zoneName('America/St_Johns', 'en')).toMatch(/^Newfoundland Time/);
    expect(offset(BACK, 'America/St_Johns')).toBe('GMT-2:30');
    expect([known('Asia/Kolkata'), known('Mars/Olympus'), known('')]).toEqual([true, false, false]);
    expect(sameHours([time(BACK, BACK + HOUR)], 'Europe/Berlin', 'Europe/Paris')).toBe(true);
    expect(sameHours([time(BACK, BACK + HOUR)], 'Europe/Berlin', 'Europe/Kyiv')).toBe(false);
    expect(sameHours([{ id: 'o', text: '', date: '2026-12-03' }], 'Europe/Berlin', 'Asia/Kolkata')).toBe(
      true,
    );
  });
});

describe('an hour that a clock shows', () => {
  test.each([
    ['Europe/Berlin', '2026-12-03', '14:00', Date.UTC(2026, 11, 3, 13)],
    ['Asia/Kolkata', '2026-12-03', '14:00', Date.UTC(2026, 11, 3, 8, 30)],
    ['America/St_Johns', '2026-07-03', '14:15', Date.UTC(2026, 6, 3, 16, 45)],
    ['Europe/Berlin', '2026-10-25', '01:59', BACK - 60_000],
    ['Europe/Berlin', '2026-10-25', '02:30', BACK + HOUR / 2], // there twice: the first
    ['Europe/Berlin', '2026-10-25', '03:00', BACK + 2 * HOUR],
    ['Europe/Berlin', '2027-03-28', '02:30', Date.UTC(2027, 2, 28, 1, 30)], // left out: 03:30
    ['Pacific/Apia', '2026-12-03', '00:00', Date.UTC(2026, 11, 2, 11)],
  ])('%s %s %s', (zone, date, clock, at) => {
    expect(instant(date, clock, zone)).toBe(at);
  });

  test('is read again as it was, all over a year', () => {
    for (const zone of ['Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe']) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 40.25 * HOUR) {
        const shown = wallClock(at, zone);
        const again = instant(shown.date, shown.time, zone);
        expect(wallClock(again, zone)).toEqual(shown);
        expect([0, HOUR / 2, HOUR]).toContain(at - again); // the later one of what is there twice
      }
    }
  });
});

describe('an entry for a calendar', () => {
  const entry = { id: 'q-o-1', title: 'Lunch; soup, or\n"more\\less"?', made: BACK };

  test('has times in UTC, and texts that are escaped', () => {
    const lines = calendar({ ...entry, option: time(BACK, BACK + HOUR) }).split('\r\n');
    expect(lines).toContain('DTSTART:20261025T000000Z');
    expect(lines).toContain('DTEND:20261025T010000Z');
    expect(lines).toContain('DTSTAMP:20261025T000000Z');
    expect(lines).toContain('UID:q-o-1@plenum');
    expect(lines).toContain('SUMMARY:Lunch\\; soup\\, or\\n"more\\\\less"?');
    expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR', '']);
  });

  test('has a whole day as a date, up to the day after', () => {
    const text = calendar({ ...entry, option: { id: 'o', text: '', date: '2028-02-29' } });
    expect(text).toContain('\r\nDTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301\r\n');
  });

  test('has no line of more than 75 bytes, and cuts no character', () => {
    const title = '日程投票😀'.repeat(40) + ' and on and on'.repeat(9);
    const text = calendar({ ...entry, title, option: time(BACK, BACK + HOUR) });
    for (const line of text.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\ud800-\udbff]$|^ ?[\udc00-\udfff]/);
    }
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('what suits most people', () => {
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
  test.each([
    [{}, []],
    [{ 'a/no': 3 }, []],
    [{ 'a/yes': 2, 'b/yes': 1, 'b/maybe': 9 }, ['a']],
    [{ 'a/yes': 2, 'b/yes': 2, 'b/maybe': 1 }, ['b']],
    [{ 'a/yes': 2, 'b/yes': 2, 'c/yes': 2, 'c/no': 5 }, ['a', 'b', 'c']],
    [{ 'b/maybe': 1, 'a/no': 1 }, ['b']],
  ])('%o', (counts, want) => {
    expect(best({ options }, counts)).toEqual(want);
  });

  test('the mean of a row', () => {
    expect(rowMean('a', ['1', '2', '3'], { 'a/1': 1, 'a/3': 2, 'b/3': 9 })).toBe(2.3);
    expect(rowMean('a', ['1', '2'], {})).toBe(null);
  });
});

describe('dates as they are written', () => {
  const days = [
    { date: '2026-10-25', id: '', times: [draftTime('23:00', '01:00'), draftTime('02:30', '03:30')] },
    { date: '2026-10-26', id: 'o7', times: [] },
  ];
  const draft = () => ({
    ...fresh('dates'),
    prompt: 'When?',
    grid: { ...freshGrid(), zone: 'Europe/Berlin', days },
  });

  test('become times in UTC, in their order, and are read again as they were', () => {
    const sent = written(draft(), '');
    expect(sent.zone).toBe('Europe/Berlin');
    expect(sent.options).toEqual([
      { id: '', text: '', start: BACK + HOUR / 2, end: BACK + 2.5 * HOUR },
      { id: '', text: '', start: BACK + 22 * HOUR, end: BACK + 24 * HOUR },
      { id: 'o7', text: '', date: '2026-10-26' },
    ]);
    const again = gridOf({ ...sent, options: sent.options.map((o, i) => ({ ...o, id: `o${i}` })) });
    expect(again.days.map(({ date, times }) => [date, ...times.map((t) => `${t.from}-${t.to}`)])).toEqual([
      ['2026-10-25', '02:30-03:30', '23:00-01:00'],
      ['2026-10-26'],
    ]);
    expect(written({ ...draft(), grid: again }, 'q').options.map((o) => [o.id, o.start])).toEqual([
      ['o0', BACK + HOUR / 2],
      ['o1', BACK + 22 * HOUR],
      ['o2', undefined],
    ]);
  });

  test('the later one of an hour that is there twice stays it', () => {
    const options = [{ id: 'o1', text: '', start: BACK + 1.5 * HOUR, end: BACK + 2 * HOUR }];
    const grid = gridOf({ ...question(), kind: 'dates', zone: 'Europe/Berlin', options } as Question);
    expect(grid.days[0]?.times[0]?.from).toBe('02:30');
    expect(written({ ...draft(), grid }, 'q').options[0]?.start).toBe(BACK + 1.5 * HOUR);
  });

  test('are not asked while something is wrong', () => {
    const wrong = (grid: Partial<ReturnType<typeof freshGrid>>) =>
      fault({ ...draft(), grid: { ...draft().grid, ...grid } });
    expect(wrong({})).toBe(null);
    expect(wrong({ days: [] })).toBe('days');
    expect(wrong({ zone: 'Mars/Olympus' })).toBe('zone');
    expect(wrong({ days: [{ date: '2026-10-25', id: '', times: [draftTime('', '03:00')] }] })).toBe('time');
    const same = [draftTime('08:00', '09:00'), draftTime('08:00', '09:00')];
    expect(wrong({ days: [{ date: '2026-10-25', id: '', times: same }] })).toBe('twice');
    const many = Array.from({ length: 41 }, (_, i) => ({
      date: wallClock(BACK + i * 24 * HOUR, 'UTC').date,
      id: '',
      times: [],
    }));
    expect(wrong({ days: many })).toBe('many-days');
    expect(wrong({ days: many.slice(1) })).toBe(null);
  });

  test('a grid needs rows, and columns or a scale', () => {
    const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ key: i, id: '', text: `row ${i}` }));
    const of = (change: object, grid: object) => {
      const now = { ...fresh('grid'), prompt: 'How?', ...change };
      return fault({ ...now, grid: { ...now.grid, ...grid } });
    };
    expect(of({ options: rows(1) }, {})).toBe(null);
    expect(of({ options: rows(20) }, {})).toBe(null);
    expect(of({ options: rows(21) }, {})).toBe('rows');
    expect(of({}, {})).toBe('rows');
    expect(of({ options: rows(2), from: 0, to: 11 }, {})).toBe('scale');
    expect(of({ options: rows(2) }, { scale: false, columns: rows(1) })).toBe('columns');
    expect(of({ options: rows(2) }, { scale: false, columns: rows(11) })).toBe(null);
    expect(gridFault({ ...fresh('grid') }, written(fresh('grid'), ''))).toBe('rows');
  });
});

describe('on a phone', () => {
  const DATES: Question = {
    ...question(),
    kind: 'dates',
    options: [
      { id: 'a', text: '', date: '2026-12-03' },
      { id: 'b', text: '', date: '2026-12-04' },
      { id: 'c', text: '', date: '2026-12-05' },
    ],
    least: 1,
    most: 3,
  };
  const SCALE: Question = { ...DATES, kind: 'grid', from: 1, to: 3, least: 3, low: 'bad', high: 'good' };

  /** A phone before a question that is open. */
  function phone(asked: Question) {
    const table = new Table();
    document.body.innerHTML = '<div id="page"></div>';
    const page = document.getElementById('page') as HTMLElement;
    const special = gridIn(words, speech('en'));
    const paint = (): void => {
      const part = { special, failed: false, again: () => undefined };
      show(page, votingView({ seat, offline: false, later: part, words: en, speech: speech('en'), told }));
    };
    const seat: Seat = new Seat(table, 'poll-1', paint, () => undefined);
    table.open(publicly(asked));
    return { table, page };
  }

  const press = (page: HTMLElement, name: string): void => {
    const found = [...page.querySelectorAll('button')].find((b) =>
      (b.getAttribute('aria-label') ?? b.textContent)?.includes(name),
    );
    if (!found) throw new Error(`there is no ${name}`);
    found.click();
  };

  test('a tap leads from yes over if need be to no, arrows both ways', () => {
    const { table, page } = phone(DATES);
    const rows = () => (table.casts.at(-1) as { rows?: unknown } | undefined)?.rows;
    press(page, 'Dec 3');
    expect(rows()).toEqual({ a: ['yes'] });
    press(page, 'Dec 3');
    expect(rows()).toEqual({ a: ['maybe'] });
    press(page, 'Dec 3');
    expect(rows()).toEqual({ a: ['no'] });
    press(page, 'Dec 3');
    expect(rows()).toEqual({ a: ['yes'] });
    const second = [...page.querySelectorAll<HTMLElement>('.date button')][1];
    second?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    expect(rows()).toEqual({ a: ['yes'], b: ['no'] });
    second?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    expect(rows()).toEqual({ a: ['yes'], b: ['yes'] });
    expect(second?.textContent).toMatch(/Dec 4, 2026.*Yes$/);
    press(page, 'No to the other one');
    expect(rows()).toEqual({ a: ['yes'], b: ['yes'], c: ['no'] });
  });

  test('a grid counts as soon as every row that has to be is answered', () => {
    const { table, page } = phone(SCALE);
    const choose = (at: number): void => [...page.querySelectorAll('input')][at]?.click();
    choose(0);
    choose(4);
    expect(table.casts).toEqual([]);
    expect(page.textContent).toContain('2 of 3 rows answered');
    choose(8);
    expect((table.casts.at(-1) as { rows?: unknown }).rows).toEqual({ a: ['1'], b: ['2'], c: ['3'] });
  });
});

describe('the part of the page for them', () => {
  const load = loading.load;
  beforeEach(() => () => void (loading.load = load));

  test('is another one than that of the special forms', async () => {
    const asked: string[] = [];
    loading.load = (_, part) =>
      Promise.resolve((asked.push(part), (here.grid = gridIn(words, speech('en')))));
    const part = later(() => undefined, 'grid');
    part.need();
    await vi.waitFor(() => expect(part.special).not.toBe(null));
    expect(asked).toEqual(['grid']);
  });
});

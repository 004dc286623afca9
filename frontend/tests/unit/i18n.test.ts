import { describe, expect, it } from 'vitest';
import { format, say, speech } from '../../src/lib/i18n';
import { words as parts } from '../../src/ui/words';
import { en } from '../../src/lib/i18n/en';
import { closest } from '../../src/lib/i18n/choice';

describe('speech', () => {
  const english = speech('en');
  const polish = speech('pl');
  const now = new Date(2025, 4, 15, 12, 0).getTime();
  const minutes = 60_000;

  it('chooses the form that the language uses for the amount', () => {
    const forms = { one: '# vote', other: '# votes' };
    expect([0, 1, 2, 12345].map((n) => english.plural(n, forms))).toEqual([
      '0 votes',
      '1 vote',
      '2 votes',
      '12,345 votes',
    ]);
    const glosy = { one: '# głos', few: '# głosy', many: '# głosów', other: '# głosu' };
    expect([1, 3, 5, 22].map((n) => polish.plural(n, glosy))).toEqual([
      '1 głos',
      '3 głosy',
      '5 głosów',
      '22 głosy',
    ]);
  });

  it('falls back to "other" for a form that is not given', () => {
    expect(polish.plural(3, { other: '#' })).toBe('3');
  });

  it('says numbers, shares, lists and times', () => {
    expect(english.number(1987)).toBe('1,987');
    expect(english.share(0.456)).toBe('46%');
    expect(english.list(['Ada', 'Ben', 'Cleo'])).toBe('Ada, Ben, and Cleo');
    const at = new Date(2025, 4, 15, 9, 4, 31).getTime();
    expect(english.time(at)).toBe('09:04');
    expect(english.time(at, true)).toBe('09:04:31');
  });

  it('says how long ago something was, in the words of a person', () => {
    expect(english.ago(now - 5_000, now)).toBe('now');
    expect(english.ago(now + 5_000, now)).toBe('now'); // a clock that is ahead
    expect(english.ago(now - 5 * minutes, now)).toBe('5 minutes ago');
    expect(english.ago(now - 3 * 60 * minutes, now)).toBe('3 hours ago');
    expect(english.ago(now - 13 * 60 * minutes, now)).toBe('yesterday');
    expect(english.ago(new Date(2025, 4, 10).getTime(), now)).toBe('5 days ago');
    expect(english.ago(new Date(2025, 1, 3).getTime(), now)).toBe('February 3');
    expect(english.ago(new Date(2023, 1, 3).getTime(), now)).toBe('February 3, 2023');
  });
});

describe('language', () => {
  it('speaks the closest of the languages asked for, and English where there is none', () => {
    expect(closest(['fr-CH', 'en-GB', 'de'])).toBe('en');
    expect(closest(['fr'])).toBe('en');
    expect(closest([])).toBe('en');
    expect(closest(['fr', 'zh-Hans-SG', 'en'])).toBe('zh-CN');
    expect(closest(['zh'])).toBe('zh-CN');
    expect(format().tag).toBe('en');
  });
});

describe('the English catalogue', () => {
  it('is what is said', () => {
    expect(say()).toBe(en);
    expect(parts().people.here(1)).toBe('1 person here');
    expect(parts().people.named('5 here', ['Ada', 'Ben'], 3)).toBe('5 here: Ada, Ben, and 3 more');
    expect(parts().state.kept(3)).toBe('Offline: 3 changes kept on this device');
  });
});

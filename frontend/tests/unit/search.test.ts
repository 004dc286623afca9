// The search box without a screen: what is marked and grouped, filters in the text, and which answer is shown.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  forgetSearches,
  grouped,
  has,
  parts,
  recentSearches,
  rememberSearch,
  searchPath,
  toggled,
  type Answer,
  type Found,
} from '../../src/lib/search';
import { Searching } from '../../src/pages/search/searching.svelte';

function found(type: string, text: string): Found {
  return { type, text, room: 'K7TQ2M', where: '', marks: [] };
}

describe('results', () => {
  it('are cut at their marks', () => {
    expect(parts({ text: '😀 Größe', marks: [[3, 8]] })).toEqual([
      { text: '😀 ', marked: false },
      { text: 'Größe', marked: true },
    ]);
    expect(
      parts({
        text: 'abc',
        marks: [
          [0, 1],
          [2, 3],
        ],
      })
        .map((part) => (part.marked ? `[${part.text}]` : part.text))
        .join(''),
    ).toBe('[a]b[c]');
    expect(parts({ text: '', marks: [] })).toEqual([]);
  });

  it('stand together by type, the type with the best first', () => {
    const all = [found('chat', 'a'), found('doc', 'b'), found('chat', 'c')];
    expect(grouped(all).map((g) => [g.type, g.results.length])).toEqual([
      ['chat', 2],
      ['doc', 1],
    ]);
  });
});

describe('filters in the text', () => {
  it('are put in and taken out as words', () => {
    expect(toggled('lunch', 'type:doc')).toBe('type:doc lunch ');
    expect(toggled('type:doc lunch ', 'type:doc')).toBe('lunch ');
    expect(toggled('Type:Doc', 'type:doc')).toBe('');
    expect(toggled('', 'from:me')).toBe('from:me ');
    expect(has('x TYPE:doc', 'type:doc')).toBe(true);
    expect(has('xtype:doc', 'type:doc')).toBe(false);
  });
});

describe('recent searches', () => {
  beforeEach(() => localStorage.clear());

  it('are kept once, the last first, and not too many', () => {
    for (const text of ['a', 'b', ' a ', '  ']) rememberSearch(text);
    expect(recentSearches()).toEqual(['a', 'b']);
    for (let i = 0; i < 20; i++) rememberSearch(`${i}`);
    expect(recentSearches()).toHaveLength(8);
    forgetSearches();
    expect(recentSearches()).toEqual([]);
  });

  it('are none where something else wrote', () => {
    localStorage.setItem('plenum.searches', '{"a":');
    expect(recentSearches()).toEqual([]);
    localStorage.setItem('plenum.searches', '[1,"a",null]');
    expect(recentSearches()).toEqual(['a']);
  });
});

describe('searching', () => {
  /** A question that was asked of the server, to be answered by the test. */
  interface Asked {
    text: string;
    room: string;
    answer: (texts: string[]) => void;
    fail: () => void;
  }
  let asked: Asked[] = [];
  let lines: {
    url: string;
    onmessage?: (m: { data: string }) => void;
    onerror?: () => void;
    closed: boolean;
  }[] = [];

  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
    await vi.advanceTimersByTimeAsync(0);
  };
  const answerOf = (texts: string[]): Answer => ({
    results: texts.map((text) => found('chat', text)),
    more: false,
    notes: [],
    building: false,
  });
  const shown = (s: Searching): string[] | undefined => s.answer?.results.map((r) => r.text);

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    lines = [];
    vi.stubGlobal('fetch', (url: string) => {
      const query = new URL(url, 'http://x').searchParams;
      return new Promise((resolve, reject) => {
        asked.push({
          text: query.get('q') ?? '',
          room: query.get('room') ?? '',
          answer: (texts) => resolve(new Response(JSON.stringify(answerOf(texts)))),
          fail: () => reject(new TypeError('no network')),
        });
      });
    });
    vi.stubGlobal(
      'EventSource',
      class {
        closed = false;
        readonly url: string;
        constructor(url: string) {
          this.url = url;
          lines.push(this);
        }
        close(): void {
          this.closed = true;
        }
      },
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('asks one question at a time, the next for the newest text', async () => {
    const s = new Searching();
    for (const text of ['b', 'bu', 'bud']) s.look(text, '');
    expect(asked.map((a) => a.text)).toEqual(['b']);
    asked[0]?.answer(['one']);
    await settle();
    expect(asked.map((a) => a.text)).toEqual(['b', 'bud']);
    asked[1]?.answer(['two']);
    await settle();
    expect(shown(s)).toEqual(['two']);
    expect(s.answered).toBe('bud');
    s.close();
  });

  it('listens when the text rests, and stops when it goes on', async () => {
    const s = new Searching();
    s.look('soup', 'K7TQ2M');
    asked[0]?.answer(['a']);
    await settle();
    expect(lines).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(300);
    expect(lines[0]?.url).toBe(searchPath('soup', 'K7TQ2M', true));
    lines[0]?.onmessage?.({ data: '{"beat":{}}' });
    lines[0]?.onmessage?.({ data: JSON.stringify(answerOf(['a', 'b'])) });
    expect(shown(s)).toEqual(['a', 'b']);
    s.look('soups', 'K7TQ2M');
    expect(lines[0]?.closed).toBe(true);
    s.close();
  });

  it('shows nothing of another room or of an empty box', async () => {
    const s = new Searching();
    s.look('soup', '');
    asked[0]?.answer(['a']);
    await settle();
    s.look('soup', 'K7TQ2M');
    expect(s.answer).toBeNull();
    s.look('', 'K7TQ2M');
    asked[1]?.answer(['late']);
    await settle();
    expect(s.answer).toBeNull();
    s.close();
  });

  it('says that the network is gone, keeps the list, and asks again', async () => {
    const s = new Searching();
    s.look('soup', '');
    asked[0]?.answer(['a']);
    await settle();
    s.look('soups', '');
    asked[1]?.fail();
    await settle();
    expect(s.problem?.because).toBe('offline');
    expect(shown(s)).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(3000);
    asked[2]?.answer(['b']);
    await settle();
    expect(s.problem).toBeNull();
    expect(shown(s)).toEqual(['b']);
    s.close();
  });
});

// What the compiler does not see of another language: words that are still English, amounts and names
// that a sentence lost, refusals without words.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { en as chat } from '../../src/activities/chat/name';
import { en as talk } from '../../src/activities/chat/words';
import { en as suggestions } from '../../src/activities/doc/suggest/words';
import { en as comments } from '../../src/activities/doc/talk/words';
import { en as past } from '../../src/activities/doc/history/words';
import { en as writing } from '../../src/activities/doc/more/words';
import { en as word } from '../../src/activities/doc/word/words';
import { en as blocks } from '../../src/activities/doc/poll/words';
import { en as table } from '../../src/activities/doc/table/words';
import { en as code } from '../../src/activities/doc/code/words';
import { en as formula } from '../../src/activities/doc/formula/words';
import { en as doc } from '../../src/activities/doc/words';
import { en as desk } from '../../src/activities/poll/desk/words';
import { en as voting } from '../../src/activities/poll/en';
import { en as gridDesk } from '../../src/activities/poll/grid/desk';
import { en as grid } from '../../src/activities/poll/grid/en';
import { en as placeDesk } from '../../src/activities/poll/place/desk';
import { en as place } from '../../src/activities/poll/place/en';
import { en as intake } from '../../src/activities/poll/intake/words';
import { en as compare } from '../../src/activities/poll/compare/words';
import { en as out } from '../../src/activities/poll/out/words';
import { en as gate } from '../../src/activities/poll/gate/en';
import { en as codes } from '../../src/activities/poll/gate/host';
import { en as quiz } from '../../src/activities/poll/quiz/words';
import { en as special } from '../../src/activities/poll/special/en';
import { en as poll } from '../../src/activities/poll/name';
import { en as qa } from '../../src/activities/qa/name';
import { en as asking } from '../../src/activities/qa/words';
import { en as survey } from '../../src/activities/survey/name';
import { en as surveying } from '../../src/activities/survey/words';
import { deskRefusals } from '../../src/languages/refusals.desk.zh';
import { refusals as everybodys } from '../../src/languages/refusals.zh';
import { zh } from '../../src/languages/zh-CN';
import { choose, format, language, say, speak, speakAsChosen, speech, told } from '../../src/lib/i18n';
import { en as files } from '../../src/lib/files/words';
import { en as source } from '../../src/activities/source/words';
import { en as shell } from '../../src/lib/i18n/en';
import { en as account } from '../../src/pages/account/words';
import { en as demo } from '../../src/pages/home/demo/words';
import { en as notices } from '../../src/pages/notices/words';
import { en as present } from '../../src/pages/present/words';
import { en as pulse } from '../../src/pages/pulse/words';
import { en as audit } from '../../src/pages/room/audit/words';
import { en as hooks } from '../../src/pages/room/hooks/words';
import { en as keeping } from '../../src/pages/room/keeping/words';
import { en as rights } from '../../src/pages/room/rights/words';
import { en as room } from '../../src/pages/room/words';
import { en as rooms } from '../../src/pages/rooms/words';
import { en as missing } from '../../src/pages/missing/words';
import { en as screens } from '../../src/pages/screen/words';
import { en as search } from '../../src/pages/search/words';
import { en as parts } from '../../src/ui/words';
import { en as phone } from '../../src/vote/en';
import { zh as phoneZh } from '../../src/vote/zh';

const { told: _, ...catalogues } = zh;
const english = {
  shell,
  files,
  parts,
  account,
  demo,
  room,
  audit,
  hooks,
  keeping,
  rights,
  rooms,
  notices,
  present,
  pulse,
  missing,
  screens,
  search,
  chat,
  talk,
  doc,
  writing,
  word,
  comments,
  suggestions,
  blocks,
  table,
  code,
  formula,
  past,
  poll,
  voting,
  desk,
  compare,
  out,
  intake,
  special,
  grid,
  gridDesk,
  place,
  placeDesk,
  quiz,
  gate,
  codes,
  source,
  qa,
  asking,
  survey,
  surveying,
  phone,
};
const chinese = { ...catalogues, phone: phoneZh };

const refusals = { ...everybodys, ...deskRefusals };

type Sentence = string | ((...about: unknown[]) => string);

/** Every entry, by its path. */
function entries(words: object, path = ''): [string, Sentence][] {
  return Object.entries(words).flatMap(([key, entry]) => {
    const here = path ? `${path}.${key}` : key;
    return typeof entry === 'object' && entry !== null ? entries(entry, here) : [[here, entry as Sentence]];
  });
}

const samples = [3, 'Ω', ['Ω', 'Ψ']];

/** Something that a sentence can be about: the first samples that make sense in English. */
function about(sentence: (...about: unknown[]) => string, given: unknown[] = []): unknown[] {
  if (given.length === sentence.length) {
    const said = sentence(...given);
    if (/undefined|NaN|Invalid/.test(said)) throw new Error(said);
    return given;
  }
  for (const sample of samples) {
    try {
      return about(sentence, [...given, sample]);
    } catch {
      // Not of this kind: on to the next.
    }
  }
  throw new Error(`no sample fits ${sentence.toString()}`);
}

/** What of the samples is in a sentence. */
function mentioned(said: string): string[] {
  return ['3', 'Ω', 'Ψ'].filter((sample) => said.includes(sample));
}

const inChinese = new Map(entries(chinese));
const all = entries(english).map(([path, en]) => ({ path, en, zh: inChinese.get(path) }));

/** Names that are the same in every language. */
const names =
  /Plenum|plenum recount FILE|Word|\.docx?|Markdown|HTML|PDF|CSV|TeX|PNG|SVG|JSON|ZIP|Excel|Kahoot|Moodle|GIFT|Aiken|ANSWER|MB|UTF-8|Delete|Alt|Esc|Tab|WebSocket|application\/json|(in|from|has|before|after|type):(link)?|today|yesterday|Webhook|OBS|https:|https/g;

function flaws(said: string): string[] {
  const left = said.replace(names, '');
  return [
    ...(said.trim() === '' ? ['empty'] : []),
    ...(/[A-Za-z]{2,}/.test(left) ? ['not translated'] : []),
    ...(/\p{Script=Han} ?[,;:!?()"]|[,;:!?"] ?\p{Script=Han}|\p{Script=Han}\.|\.\.\./u.test(said)
      ? ['narrow punctuation']
      : []),
    ...(/undefined|NaN|Invalid/.test(said) ? ['nonsense'] : []),
  ];
}

describe('Simplified Chinese', () => {
  it('has every entry, and no other', () => {
    expect([...inChinese.keys()]).toEqual(all.map(({ path }) => path));
    expect(all.length).toBeGreaterThan(250);
  });

  it.each(all)('says $path', ({ en, zh }) => {
    if (typeof en === 'string') return expect(flaws(zh as string)).toEqual([]);
    const given = about(en);
    const said = (zh as typeof en)(...given);
    expect(flaws(said)).toEqual([]);
    expect(mentioned(said)).toEqual(expect.arrayContaining(mentioned(en(...given))));
  });

  it.each(Object.entries(refusals))('says why something is refused: %s', (_, said) => {
    expect(flaws(said)).toEqual([]);
  });

  it('says amounts, lists, dates and times as Chinese does', () => {
    const { plural, number, list, share, day, ago, time } = speech('zh-CN');
    const at = new Date(2025, 2, 14, 9, 4, 31).getTime();
    expect(plural(1, { one: 'no', other: '# 票' })).toBe('1 票');
    expect(number(12345)).toBe('12,345');
    expect(share(0.456)).toBe('46%');
    expect(list(['小明', '小红', '小刚'])).toBe('小明、小红和小刚');
    expect(day(at, at)).toBe('3月14日');
    expect(day(at, new Date(2026, 1, 1).getTime())).toBe('2025年3月14日');
    expect(ago(at, at + 5 * 60_000)).toBe('5分钟前');
    expect(ago(at, at + 24 * 3_600_000)).toBe('昨天');
    expect(time(at, true)).toBe('09:04:31');
    expect(zh.parts.state.kept(3)).toBe('离线：3 处更改保存在此设备上');
    expect(zh.parts.people.named('5 人在线', ['小明'], 4)).toBe('5 人在线：小明和另外 4 人');
  });
});

describe('refusals', () => {
  const from = (folder: string, ends: RegExp, code: RegExp): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (/^(\.|node_modules|dist|frontend$|testdata|laws)/.test(entry.name)) return [];
      if (entry.isDirectory()) return from(path, ends, code);
      if (!ends.test(entry.name) || /[._]test\./.test(entry.name)) return [];
      return [...readFileSync(path, 'utf8').matchAll(code)].map((found) => found[1] as string);
    });
  const root = join(import.meta.dirname, '../../..');
  const server = from(root, /\.go$/, /\bRefuse\(\s*"([a-z-]+)"/g);
  const page = from(join(root, 'frontend/src'), /\.(ts|svelte)$/, /(?:because: |new ApiError\()'([a-z-]+)'/g);

  it('have words in Chinese, each of them', () => {
    expect(server.length).toBeGreaterThan(60);
    expect(page).toContain('offline');
    expect([...server, ...page].filter((code) => !(code in refusals))).toEqual([]);
    const known = new Set([...server, ...page, 'http']);
    expect(Object.keys(refusals).filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('the language on the screen', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => speak('en'));

  it('changes everything at once, and is remembered', async () => {
    const refusal = { because: 'locked', say: 'This room is locked.' };
    expect([say().undo, told(refusal)]).toEqual(['Undo', 'This room is locked.']);
    await choose('zh-CN');
    expect([language(), format().tag, document.documentElement.lang]).toEqual(['zh-CN', 'zh-CN', 'zh-CN']);
    expect([say().undo, told(refusal)]).toEqual(['撤销', refusals['locked']]);
    await speak('en');
    await speakAsChosen();
    expect(language()).toBe('zh-CN');
  });

  it('is the one chosen last, also when the words of another come later', async () => {
    await Promise.all([speak('zh-CN'), speak('en')]);
    expect([language(), say().undo]).toEqual(['en', 'Undo']);
  });

  it('says a refusal that it does not know in the sentence that came with it', async () => {
    await speak('zh-CN');
    expect(told({ because: 'brand-new', say: 'A new reason.' })).toBe('A new reason.');
    expect(told({ because: 'http-502', say: 'The server answered 502.' })).toBe(refusals['http']);
  });
});

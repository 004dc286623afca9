// What becomes of what somebody wrote when the server will not have it, the page goes, or things do not add up.
import { afterEach, expect, test, vi } from 'vitest';
import { apply, canonical, type Delta } from '../../../src/lib/delta';
import type { Signal } from '../../../src/lib/net/protocol';
import { Random } from '../delta/random';
import { differences, Person, settle, text, Town } from './town';

afterEach(() => vi.restoreAllMocks());

const write = (words: string, at = 0): Delta => [...(at > 0 ? [{ retain: at }] : []), { insert: words }];
const seen = ({ document }: Person): string => text(document.text ?? []);
const drafts = ({ document }: Person): string[] => document.drafts.list.map((draft) => text(draft.content));

/** Lets what is on its way arrive, without anything getting lost. */
async function arrive(town: Town): Promise<void> {
  await settle(town, new Random(1));
}

test('what is refused is taken out of the text and kept for the person', async () => {
  const town = new Town();
  const ada = new Person(town, 'ada');
  const ben = new Person(town, 'ben');
  ben.edit(write('Ben. '));
  await arrive(town);
  town.refuse = (peer) => (peer === 'ada' ? 'frozen' : null);
  ada.edit(write('Ada wrote this.'));
  ada.edit(write(' And more.', 15));
  ben.edit(write('Yes. '));
  await arrive(town);
  expect(ada.refusals).toEqual(['frozen']);
  expect(drafts(ada)).toEqual(['Ada wrote this. And more.']);
  expect(seen(ada)).toBe(seen(ben));
  expect(differences(town)).toEqual([]);

  ada.reload();
  await arrive(town);
  expect(drafts(ada)).toEqual(['Ada wrote this. And more.']);
  ada.document.dismiss(ada.document.drafts.list[0]?.at ?? 0);
  expect(ada.record).toBe(undefined);
});

test('what goes on being refused becomes one draft', async () => {
  const town = new Town();
  const ada = new Person(town, 'ada');
  town.refuse = () => 'role';
  for (const word of ['one', 'two', 'three']) {
    ada.edit(write(word));
    await arrive(town);
  }
  expect(drafts(ada)).toEqual(['one\ntwo\nthree']);
  ada.now += 120_000;
  ada.edit(write('later'));
  await arrive(town);
  expect(drafts(ada)).toHaveLength(2);
});

test('a base from too long ago is caught up with, and the change goes out under a new number', async () => {
  const town = new Town();
  const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
  town.window = 3;
  ada.drop();
  ada.edit(write('A'));
  ada.edit(write('more', 1));
  for (let i = 0; i < 9; i++) {
    ben.edit(write(`${i}`));
    await arrive({ ...town, people: [ben] } as Town);
  }
  // Its connection comes back, but what it missed does not arrive before its command does.
  ada.online = true;
  ada.sent = 0;
  ada.step(new Random(5));
  await arrive(town);
  expect(text(town.content)).toBe('876543210Amore\n');
  expect(differences(town)).toEqual([]);
  expect(ada.refusals).toEqual([]);
});

test('what was refused as too old while nobody looked goes out anew', async () => {
  const town = new Town();
  const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
  town.window = 2;
  ada.drop();
  ada.edit(write('A'));
  ada.leave();
  for (let i = 0; i < 5; i++) {
    ben.edit(write(`${i}`));
    await arrive({ ...town, people: [ben] } as Town);
  }
  ada.connect();
  while (ada.commands.size > 0) ada.step(new Random(ada.inbox.length));
  expect(text(town.content)).toBe('43210\n');
  await arrive(town);
  expect(text(town.content)).toBe('43210A\n');
  expect(differences(town)).toEqual([]);
});

test.each(['before it is sent', 'after it was taken'])(
  'who was away until the changes were put together keeps what was written: %s',
  async (when) => {
    const town = new Town();
    const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
    town.window = 3;
    const taken = when === 'after it was taken';
    if (!taken) ada.drop();
    ada.edit(write('Mine. '));
    if (taken) while (town.rev === 0) ada.step(new Random(ada.reads.length + ada.sent));
    ada.leave();
    for (let i = 0; i < 9; i++) {
      ben.edit(write(`${i}`));
      await arrive({ ...town, people: [ben] } as Town);
    }
    town.folded = town.rev;
    ada.through = null; // a view: no events can be told from there
    ada.connect();
    await arrive(town);
    expect(seen(ada)).toBe(seen(ben));
    expect(text(town.content).split('Mine. ').length).toBe(taken ? 2 : 1);
    expect(drafts(ada)).toEqual(['Mine. ']);
    expect(differences(town)).toEqual([]);
    ada.edit(write('And on. '));
    await arrive(town);
    expect(seen(ben)).toBe(seen(ada));
    expect(seen(ada)).toContain('And on. ');
  },
);

test('an own change from before a fresh start is taken for what it is', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const town = new Town([{ insert: 'text\n' }]);
  const ada = new Person(town, 'ada');
  ada.edit(write('first '));
  ada.listener?.event({ in: 'doc', did: 'changed', with: {}, by: 'm', peer: 'x', n: 1, at: 0, seq: 1 });
  ada.edit(write('second '));
  expect(ada.commands.size).toBe(2);
  await arrive(town);
  expect(text(town.content)).toBe('first second text\n');
  expect(differences(town)).toEqual([]);
  expect(drafts(ada)).toEqual([]);
});

test('nothing that is written is sent before it is stored, and both in one turn', async () => {
  const town = new Town();
  const ada = new Person(town, 'ada');
  ada.edit(write('a'));
  ada.edit(write('b', 1));
  expect([...ada.commands.values()].map((c) => c.with)).toEqual([
    JSON.stringify({ base: 0, change: write('a') }),
  ]);
  expect(ada.record).toMatchObject({
    rev: 0,
    base: '[{"insert":"\\n"}]',
    sent: write('a'),
    n: 1,
    buffer: write('b', 1),
  });
  ada.reload();
  expect([ada.document.phase, seen(ada), ada.document.writable]).toEqual(['kept', 'ab\n', true]);
  ada.edit(write('c', 2));
  await arrive(town);
  expect(text(town.content)).toBe('abc\n');
  expect(ada.record).toBe(undefined);
});

test('how much waits is told in steps', () => {
  const ada = new Person(new Town(), 'ada');
  ada.drop();
  ada.edit(write('sent'));
  expect(ada.held).toBe(0);
  for (const letter of 'abc') ada.edit(write(letter));
  expect(ada.held).toBe(1);
  ada.now += 5000;
  ada.edit(write('d'));
  expect(ada.held).toBe(2);
});

test('where the numbering is not continued, what was not sent is kept for the person', async () => {
  const town = new Town([{ insert: 'old\n' }]);
  const ada = new Person(town, 'ada');
  ada.drop();
  ada.edit(write('mine '));
  ada.edit(write('too ', 5));
  ada.settle({ is: 'recovered', n: 1 });
  ada.record = undefined; // the new queue has none
  ada.listener?.moved?.();
  ada.through = null; // with another queue everything is asked for anew
  expect(drafts(ada)).toEqual(['mine too ']);
  town.content = [{ insert: 'restored\n' }];
  ada.connect();
  await arrive(town);
  expect(seen(ada)).toBe('restored\n');
  expect(differences(town)).toEqual([]);
  expect(drafts(ada)).toEqual(['mine too ']);
  expect(ada.record).toMatchObject({ drafts: [{ content: [{ insert: 'mine too ' }] }] });
});

test('another tab goes on with the queue: this one shows what the server has', async () => {
  const town = new Town();
  const ada = new Person(town, 'ada');
  ada.drop();
  ada.edit(write('theirs now'));
  ada.settle({ is: 'elsewhere', n: 1 });
  ada.record = undefined;
  ada.listener?.moved?.();
  ada.through = null; // with another queue everything is asked for anew
  ada.connect();
  await arrive(town);
  expect([seen(ada), drafts(ada)]).toEqual(['\n', []]);
});

test('a text that differs from the server’s is fetched anew, and what waits is kept', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const town = new Town([{ insert: 'text\n' }]);
  town.hashEvery = 1;
  const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
  ada.edit(write('sent '));
  ada.edit(write('waits ', 5));
  const event = { ...town.event, in: 'doc', did: 'changed', by: 'm', peer: 'x', n: 1, at: 0, seq: 1 };
  ada.listener?.event({ ...event, with: { rev: 1, change: write('Z'), hash: '0123456789abcdef' } });
  await arrive(town);
  expect(warned).toHaveBeenCalled();
  expect(drafts(ada)).toEqual(['waits ']);
  expect(text(town.content)).toBe('sent text\n');
  expect(seen(ben)).toBe(seen(ada));
  expect(differences(town)).toEqual([]);
});

test('a hole is filled before anything else is done', async () => {
  const town = new Town();
  const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
  ben.edit(write('one '));
  ben.step(new Random(2));
  ben.step(new Random(3));
  while (ada.inbox.length === 0) ben.step(new Random(ben.sent + 7));
  ada.inbox = []; // lost on the way
  ada.edit(write('mine '));
  ben.edit(write('two '));
  await arrive(town);
  expect(differences(town)).toEqual([]);
  expect(text(town.content).length).toBe('one two mine \n'.length);
});

test('undo takes back my own steps only, and goes to the server like any change', async () => {
  const town = new Town([{ insert: 'start\n' }]);
  const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
  ada.edit([{ delete: 5 }, { insert: 'Ada' }]);
  await arrive(town);
  ben.edit(write('Ben', 1));
  await arrive(town);
  expect(seen(ada)).toBe('ABenda\n');
  expect(ada.document.again('undo')).toBe(null); // nothing was selected
  await arrive(town);
  expect([seen(ada), seen(ben)]).toEqual(['startBen\n', 'startBen\n']);
  ada.document.again('redo');
  await arrive(town);
  expect(differences(town)).toEqual([]);
  expect(seen(ben)).toBe('ABenda\n');
});

test('the carets of others move with the text, and their own changes move them', async () => {
  const town = new Town([{ insert: 'abc\n' }]);
  const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
  const signal = (over: Partial<Signal>): Signal => ({
    in: 'doc',
    signal: 'cursor',
    with: null,
    by: 'm-ben',
    peer: 'ben',
    name: 'Ben',
    colour: 2,
    ...over,
  });
  const at = (): unknown => ada.document.carets.map(({ anchor, head }) => [anchor, head]);
  ada.listener?.signal?.(signal({ with: { rev: 0, anchor: 1, head: 3 } }));
  expect(at()).toEqual([[1, 3]]);
  ada.edit(write('xx'));
  expect(at()).toEqual([[3, 5]]);
  ben.edit(write('Z', 2));
  await arrive(town);
  expect(seen(ada)).toBe('xxabZc\n');
  expect(at()).toEqual([[5, 5]]);
  // Told at a revision that has not come yet, it waits for it.
  ada.listener?.signal?.(signal({ with: { rev: 3, anchor: 0, head: 0 } }));
  expect(at()).toEqual([[5, 5]]);
  ben.edit(write('Q'));
  await arrive(town);
  expect(at()).toEqual([[0, 0]]);
  // Told at an older one, it is brought forward.
  ada.listener?.signal?.(signal({ with: { rev: 2, anchor: 6, head: 6 } }));
  expect(at()).toEqual([[7, 7]]);
  ada.listener?.signal?.(signal({ with: null }));
  expect(at()).toEqual([]);
});

test('a document that is gone says so, and comes back', async () => {
  const town = new Town([{ insert: 'text\n' }]);
  const ada = new Person(town, 'ada');
  ada.listener?.gone({ because: 'no-activity', say: 'It is in the bin.' });
  expect([ada.document.phase, ada.document.refusal?.say, ada.document.writable]).toEqual([
    'gone',
    'It is in the bin.',
    false,
  ]);
  ada.through = null;
  ada.answer();
  expect([ada.document.phase, ada.document.writable]).toEqual(['open', true]);
  expect(canonical(apply(ada.shown, []))).toBe(canonical(town.content));
});

test('a restore is a change like any other: it meets what others write, says what it is, and can be undone', async () => {
  const town = new Town([{ insert: 'one two three\n' }]);
  const [ada, ben] = [new Person(town, 'ada'), new Person(town, 'ben')];
  ada.edit([{ retain: 4 }, { delete: 4 }]);
  await arrive(town);
  expect(seen(ben)).toBe('one three\n');

  ada.drop();
  expect(ada.document.restore([{ insert: 'one two three\n' }], 0)).toBe(true);
  ben.edit(write('Ben was here. '));
  await arrive({ ...town, people: [ben] } as Town);
  const restoring = (): unknown[] =>
    [...ada.commands.values()].map(({ with: json }) => (JSON.parse(json) as { restores?: number }).restores);
  expect(restoring()).toEqual([0]);
  ada.reload(); // what it is outlives the page, also when it is given its newest form
  ada.connect();
  ada.sent = 99; // nothing goes out before it has caught up
  for (let i = 0; i < 200 && ada.document.rev < 2; i++) {
    ada.step(new Random(i));
    await Promise.resolve();
  }
  expect(ada.document.rev).toBe(2);
  expect(restoring()).toEqual([0]);
  ada.sent = 0;
  await arrive(town);
  expect(text(town.content)).toBe('Ben was here. one two three\n');
  expect(differences(town)).toEqual([]);

  ada.edit(write('x'));
  expect(ada.document.restore([{ insert: 'y xBen was here. one two three\n' }], 1)).toBe(true);
  ada.edit(write('z'));
  await arrive(town);
  expect(text(town.content)).toBe('zy xBen was here. one two three\n');
  for (const left of ['y x', 'x', '']) {
    expect(ada.document.again('undo')).not.toBeUndefined();
    await arrive(town);
    expect(text(town.content)).toBe(`${left}Ben was here. one two three\n`);
  }
  expect(ada.document.restore(town.content, 1)).toBe(false);
  expect(differences(town)).toEqual([]);
});

test('a restore behind other changes does not claim them as its own', async () => {
  const town = new Town([{ insert: 'one\n' }]);
  const ada = new Person(town, 'ada');
  ada.drop();
  ada.edit(write('two '));
  ada.document.restore([{ insert: 'one\n' }], 0);
  await arrive(town);
  expect([...ada.commands.values()]).toEqual([]);
  expect(text(town.content)).toBe('one\n');
  ada.edit(write('x'));
  expect(
    [...ada.commands.values()].map(({ with: json }) => 'restores' in (JSON.parse(json) as object)),
  ).toEqual([false]);
});

test('versions are named and renamed as the events come', () => {
  const town = new Town([{ insert: 'one\n' }]);
  const ada = new Person(town, 'ada');
  const tell = (did: string, content: object, at: number): void =>
    ada.listener?.event({ in: 'doc', did, with: content, by: 'm', peer: 'x', n: 1, at, seq: 1 });
  tell('named', { rev: 5, name: 'Final' }, 1);
  tell('named', { rev: 2, name: 'Draft' }, 2);
  tell('named', { rev: 5, name: 'Really final' }, 3);
  expect(ada.document.beside.versions.map(({ rev, name, at }) => [rev, name, at])).toEqual([
    [2, 'Draft', 2],
    [5, 'Really final', 3],
  ]);
  tell('unnamed', { rev: 2 }, 4);
  expect(ada.document.beside.versions.map(({ rev }) => rev)).toEqual([5]);
});

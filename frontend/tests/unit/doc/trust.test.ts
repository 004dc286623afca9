// Whether this copy is what the server has stored, and what becomes of one that is not.
import { expect, test } from 'vitest';
import { hash } from '../../../src/lib/delta';
import { Trust } from '../../../src/activities/doc/trust.svelte';
import { Random } from '../delta/random';
import { differences, Person, settle, text, Town } from './town';

const trustOf = ({ document }: Person, sum: (rev: number) => Promise<string>): Trust =>
  new Trust({ document, layout: 0 }, sum);

/** What the server has stored as a revision that is its newest. */
const stored = (town: Town) => async (rev: number) => {
  expect(rev).toBe(town.rev);
  return hash(town.content);
};

test('a copy is compared without what waits on this device', async () => {
  const town = new Town([{ insert: 'text\n' }]);
  const ada = new Person(town, 'ada');
  await settle(town, new Random(1));
  ada.drop();
  ada.edit([{ insert: 'one ' }]);
  ada.document.pause();
  ada.edit([{ insert: 'two ' }]);
  const trust = trustOf(ada, stored(town));
  expect([trust.stored, trust.waits]).toEqual([0, 2]);
  await trust.compare();
  expect(trust.found).toEqual({ is: 'same', rev: 0, sum: hash([{ insert: 'text\n' }]) });
  ada.connect();
  await settle(town, new Random(2));
  const after = trustOf(ada, stored(town));
  expect([after.stored, after.waits]).toEqual([2, 0]);
  await after.compare();
  expect(after.found).toMatchObject({ is: 'same', rev: 2 });
});

test('a copy that is another is fetched anew, and what waits behind what is under way is kept', async () => {
  const town = new Town([{ insert: 'text\n' }]);
  const ada = new Person(town, 'ada');
  await settle(town, new Random(1));
  ada.edit([{ insert: 'sent ' }]);
  ada.edit([{ retain: 5 }, { insert: 'waits ' }]);
  const trust = trustOf(ada, () => Promise.resolve('0123456789abcdef'));
  await trust.compare();
  expect(trust.found).toEqual({ is: 'other' });
  await settle(town, new Random(3));
  expect(text(town.content)).toBe('sent text\n');
  expect(ada.document.drafts.list.map(({ content }) => text(content))).toEqual(['waits ']);
  expect(differences(town)).toEqual([]);
});

test('a server that does not answer says nothing about the copy', async () => {
  const town = new Town();
  const ada = new Person(town, 'ada');
  await settle(town, new Random(1));
  const trust = trustOf(ada, () => Promise.reject(new Error('no network')));
  await trust.compare();
  expect([trust.found, trust.busy]).toEqual([{ is: 'failed' }, false]);
  expect(differences(town)).toEqual([]);
});

import { expect, test } from 'vitest';
import { candidates, mentionsIn, typedName } from '../../../src/lib/mentions';

const ann = { id: 'm1', name: 'Ann' };
const other = { id: 'm2', name: 'Ann' };
const anna = { id: 'm3', name: 'Anna Müller' };
const people = [ann, other, anna];

test.each([
  ['@', 1, ''],
  ['hello @an', 9, 'an'],
  ['hello @anna m', 13, 'anna m'],
  ['hello @an there', 9, 'an'],
  ['a@b', 3, null],
  ['hello', 5, null],
  ['@a\nb', 4, null],
])('%j at %i: %j', (text, caret, want) => expect(typedName(text, caret)).toBe(want));

test('names are found by any of their words, without accents; only hosts call everyone', () => {
  expect(candidates('mull', people, true)).toEqual([anna]);
  expect(candidates('', people, false)).toEqual(people);
  expect(candidates('h', people, true)).toEqual([{ id: '', name: 'here' }]);
  expect(candidates('h', people, false)).toEqual([]);
});

test('who is mentioned: the one that was picked, also one typed in full, never the start of a longer name', () => {
  expect(mentionsIn('@Ann hi', [other], people)).toEqual([other]);
  expect(mentionsIn('@Anna Müller hi', [], people)).toEqual([anna]);
  expect(mentionsIn('@Anna Müller and @Ann', [], people)).toEqual([anna, ann]);
  expect(mentionsIn('@Annabel', [], people)).toEqual([]);
  expect(mentionsIn('nobody', [ann], people)).toEqual([]);
});

/// <reference types="node" />
// Suggesting: what a person does becomes marks, rejected it was never there, accepted it is what they did.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { forEditor } from '../../../src/activities/doc/exchange';
import { shown, textOf } from '../../../src/activities/doc/lines';
import { found, look, marksOf } from '../../../src/activities/doc/suggest/marks';
import { settled } from '../../../src/activities/doc/suggest/settled';
import { goesOn, suggesting } from '../../../src/activities/doc/suggest/suggesting';
import { afterDecision, afterSuggested, decisionOf } from '../../../src/activities/doc/suggest/told';
import { apply, Builder, canonical, length, normal, type Delta, type Insert } from '../../../src/lib/delta';
import { edges, forSeeds, type Random } from '../delta/random';

vi.setConfig({ testTimeout: 120_000 });

const ben = { id: 'm2', colour: 4 };
const cleo = { id: 'm3', colour: 5 };
const all = (): boolean => true;
const by =
  (id: string) =>
  (suggestion: string): boolean =>
    suggestion.startsWith(`${id}-`);

function document(random: Random): Delta {
  const out = new Builder();
  for (let i = 0; i < 1 + random.below(3); i++) {
    for (let j = random.below(4); j > 0; j--) {
      const insert = random.one(['ab', 'c', '漢', '😀']);
      out.push(random.below(2) === 0 ? { insert, attributes: { bold: true } } : { insert });
    }
    out.push(random.below(3) === 0 ? { insert: '\n', attributes: { header: 1 } } : { insert: '\n' });
  }
  return out.change();
}

/** What a person does: `formats`: also to what is there. */
function done(random: Random, text: Delta, formats: boolean): Delta {
  const places = edges(text).filter((place) => place < length(text));
  const [a, b] = [random.one(places), random.one(places)].sort((x, y) => x - y) as [number, number];
  const out = new Builder().retain(a);
  const insert = random.one(['x', 'y\nz', '\n', '🎉']);
  const first = random.below(2) === 0;
  if (first) out.push({ insert });
  if (b > a && random.below(3) > 0) out.push({ delete: b - a });
  else if (b > a && formats) out.push({ retain: b - a, attributes: { italic: true } });
  if (!first && random.below(3) > 0) out.push({ insert });
  return out.change();
}

const changes = (text: Delta): Delta => shown(text, { from: 0, to: length(text) });

test('rejected a suggestion was never there, and accepted it is what was done', () => {
  forSeeds(400, (random) => {
    const text = document(random);
    const did = done(random, text, false);
    const now = apply(text, suggesting(did, text, ben, 'm2-a').change);
    expect(canonical(apply(now, settled(now, all, 'rejected')))).toBe(canonical(normal(text)));
    expect(canonical(apply(now, settled(now, all, 'accepted')))).toBe(canonical(normal(apply(text, did))));
  });
});

test('an editor in which somebody did something shows it as suggested', () => {
  forSeeds(400, (random) => {
    let text = document(random);
    for (let i = 0; i < 5; i++) {
      const who = random.one([ben, cleo]);
      const before = apply(text, settled(text, by(who.id), 'rejected'));
      const did = done(random, text, true);
      const { change, fix } = suggesting(did, text, who, `${who.id}-${random.one(['a', 'b'])}`);
      const typed = apply(text, did);
      const now = apply(text, change);
      expect(canonical(apply(typed, fix))).toBe(canonical(now));
      expect(canonical(apply(changes(typed), forEditor(fix, typed)))).toBe(canonical(changes(now)));
      expect(canonical(apply(now, settled(now, by(who.id), 'rejected')))).toBe(canonical(before));
      text = now;
    }
  });
});

test('what is settled is the same as on the server', () => {
  const file = join(import.meta.dirname, '../../../../collab/testdata/settled.json');
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Record<
    'content' | 'accepted' | 'rejected',
    Delta
  >[];
  expect(cases.length).toBeGreaterThan(4);
  for (const { content, accepted, rejected } of cases) {
    expect(canonical(apply(content, settled(content, all, 'accepted')))).toBe(canonical(accepted));
    expect(canonical(apply(content, settled(content, all, 'rejected')))).toBe(canonical(rejected));
  }
});

test('who writes on beside their own suggestion goes on with it', () => {
  const text: Delta = [
    { insert: 'one ' },
    { insert: 'two', attributes: { 'removed-m2-a': 4 } },
    { insert: ' three\n' },
  ];
  const at = (place: number): Delta => [{ retain: place }, { insert: 'x' }];
  expect(goesOn(at(4), text, 'm2', all)).toBe('m2-a');
  expect(goesOn(at(7), text, 'm2', all)).toBe('m2-a');
  expect(goesOn(at(9), text, 'm2', all)).toBeNull();
  expect(goesOn(at(7), text, 'm3', all)).toBeNull();
  expect(goesOn(at(7), text, 'm2', () => false)).toBeNull();
  expect(goesOn([{ insert: 'x' }], text, 'm2', all)).toBeNull();
});

test('what stays and what goes is found in the order of the text', () => {
  const text: Delta = [
    { insert: 'new\n', attributes: { 'added-m3-c': 5 } },
    { insert: 'old', attributes: { 'removed-m2-a': 4, 'removed-m3-c': 5 } },
    { insert: ' and ' },
    { insert: 'young', attributes: { 'added-m2-a': 4 } },
    { insert: '\n' },
  ];
  const words = (op: Insert): string => textOf(op).replaceAll('\n', '¶');
  expect(found(text, words)).toEqual([
    { id: 'm3-c', added: 'new¶', removed: 'old', spans: [{ from: 0, to: 7 }] },
    {
      id: 'm2-a',
      added: 'young',
      removed: 'old',
      spans: [
        { from: 4, to: 7 },
        { from: 12, to: 17 },
      ],
    },
  ]);
  expect(look({ bold: true })).toBeNull();
  expect(look({ 'added-m2-a': 4, 'removed-m3-c': 5 })).toBe('added 4 removed 5');
  for (const name of ['added-', 'added-m2', 'added-m2-', 'added-m2-a-b', 'comment-2', 'added-m2-a_'])
    expect(marksOf({ [name]: 4 })).toEqual([]);
});

test('who suggests is told, and forgotten', () => {
  const told = { did: 'suggested', by: 'm2', at: 7 };
  const first = afterSuggested([], { ...told, with: { ids: ['m2-b', 'm2-a'], name: 'Ben', colour: 4 } });
  expect(first?.map(({ id }) => id)).toEqual(['m2-a', 'm2-b']);
  const next = afterSuggested(first ?? [], {
    ...told,
    with: { ids: ['m2-c'], drops: ['m2-a'], name: 'Ben', colour: 4 },
  });
  expect(next?.map(({ id }) => id)).toEqual(['m2-b', 'm2-c']);
  expect(afterSuggested([], { ...told, did: 'changed', with: null })).toBeNull();
});

test('what is before the room is told vote by vote', () => {
  const told = (did: string, by: string, content: object) => ({ did, by, at: 9, with: content });
  const one = { suggestion: 'm2-a' };
  let all =
    afterSuggested([], { ...told('suggested', 'm2', { ids: ['m2-a'], name: 'Ben', colour: 4 }) }) ?? [];
  const hear = (event: ReturnType<typeof told>) => (all = afterSuggested(all, event) ?? []);
  hear(told('put', 'm1', { ...one, needs: 'majority', votes: 3 }));
  hear(told('voted', 'm3', { ...one, agree: true, name: 'Cleo' }));
  hear(told('voted', 'm2', { ...one, agree: true, name: 'Ben' }));
  hear(told('voted', 'm3', { ...one, agree: false, name: 'Cleo' }));
  expect(all[0]?.motion).toEqual({
    by: 'm1',
    at: 9,
    needs: 'majority',
    votes: 3,
    cast: [
      { by: 'm3', name: 'Cleo', agree: false },
      { by: 'm2', name: 'Ben', agree: true },
    ],
  });
  hear(told('voted', 'm4', { ...one, agree: true, name: 'Dan', drops: ['m2'] }));
  expect(all[0]?.motion?.cast.map(({ by }) => by)).toEqual(['m3', 'm4']);
  expect(decisionOf({ rev: 1 })).toBeNull();
  const decision = decisionOf({ decided: { ...one, accepted: true, agree: 2, disagree: 1 } });
  expect(decision && afterDecision(all, decision)[0]?.motion).toBeNull();
  hear(told('recalled', 'm1', one));
  expect(all[0]?.motion).toBeNull();
});

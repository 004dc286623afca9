// The blocks of a page in sections: whatever is put there and taken away, they are in order, and no section is long or empty.
import { expect, test } from 'vitest';
import { lastOf, Sections } from '../../../src/activities/source/preview/sections';

function blocks(n: number, name: string): HTMLElement[] {
  return Array.from({ length: n }, (_, i) => {
    const block = document.createElement('div');
    block.append(document.createElement('p'));
    block.title = `${name}-${i}`;
    return block;
  });
}

test('are what was put there, in order', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);
  let state = seed;
  const random = (n: number): number => (state = (state * 48271) % 2147483647) % n;
  const root = document.createElement('div');
  const sections = new Sections(root);
  let model: HTMLElement[] = [];
  for (let step = 0; step < 50; step++) {
    const from = random(model.length + 1);
    const to = Math.min(model.length, from + random(random(4) === 0 ? 300 : 4));
    const put = blocks(random(random(4) === 0 ? 300 : 4), `${step}`);
    sections.remove(from, to);
    sections.insert(from, put);
    model = [...model.slice(0, from), ...put, ...model.slice(to)];
    const shown = [...root.children].flatMap((section) => [...section.children] as HTMLElement[]);
    expect(
      shown.map(({ title }) => title),
      `SEED=${seed} step ${step}`,
    ).toEqual(model.map(({ title }) => title));
    for (const section of root.children) expect(section.childElementCount).toBeLessThanOrEqual(64);
    for (const section of root.children) expect(section.childElementCount).toBeGreaterThan(0);
    if (model.length === 0) continue;
    const i = random(model.length);
    expect(sections.block(i)).toBe(model[i]);
    expect(sections.indexOf(model[i]?.firstElementChild as Element)).toBe(i);
  }
  expect(sections.block(model.length)).toBeUndefined();
  expect(sections.indexOf(document.body)).toBe(-1);
});

test('the last for which something holds', () => {
  const upTo = (most: number) => lastOf([1, 2, 3, 5], (n) => n <= most);
  expect([0, 1, 2, 4, 5, 9].map(upTo)).toEqual([0, 0, 1, 2, 3, 3]);
  expect(lastOf([], () => true)).toBe(0);
});

/// <reference types="node" />
// Random people write into one document over a network that breaks, with reloads and long absences.
import { expect, test, vi } from 'vitest';
import { Builder, length, type Delta } from '../../../src/lib/delta';
import { edges, Random } from '../delta/random';
import { differences, Person, settle, text, Town } from './town';

vi.setConfig({ testTimeout: 240_000 }); // many cases, and the machine may be busy
const first = Number(process.env['SEED'] ?? 1);
const count = Number(process.env['CASES'] ?? 200);

/** A change that leaves the last newline where it is. */
function change(random: Random, document: Delta, word: string, deletes: boolean): Delta {
  const places = edges(document).filter((at) => at < length(document));
  const [a, b] = [random.one(places), random.one(places)].sort((x, y) => x - y) as [number, number];
  const what = random.below(deletes ? 5 : 3);
  const out = new Builder().retain(a);
  if (what >= 3 && a < b) out.push({ delete: b - a });
  else if (what === 2 && a < b)
    out.push({ retain: b - a, attributes: { bold: random.below(2) === 0 ? true : null } });
  if (what !== 2) out.push({ insert: random.below(4) === 0 ? `${word}\n` : word });
  return out.change();
}

async function live(seed: number, deletes: boolean): Promise<{ town: Town; words: string[] }> {
  const random = new Random(seed);
  const town = new Town([{ insert: 'Some text 漢字 😀\n' }]);
  town.window = 5 + random.below(40);
  const people = Array.from({ length: 2 + random.below(2) }, (_, i) => new Person(town, `p${i}`));
  const words: string[] = [];
  for (let i = 0; i < 120; i++) {
    const person = random.one(people);
    switch (random.below(12)) {
      case 0:
        person.drop();
        break;
      case 1:
        if (!person.online) person.connect(random);
        break;
      case 2:
        if (random.below(4) === 0) person.reload();
        else if (random.below(3) === 0) person.leave();
        else person.back();
        break;
      case 3:
      case 4:
      case 5:
        if (!person.away && person.document.writable) {
          const word = `<${person.peer}.${i}>`;
          person.now += random.below(1500);
          const made = change(random, person.shown, word, deletes);
          if (made.some((op) => 'insert' in op)) words.push(word);
          person.edit(made);
        }
        break;
      default:
        person.step(random);
        await Promise.resolve();
    }
  }
  await settle(town, random);
  return { town, words };
}

test('everybody ends with what the server has', async () => {
  const quiet = vi.spyOn(console, 'warn').mockImplementation((...args) => {
    throw new Error(args.join(' '));
  });
  for (let seed = first; seed < first + count; seed++) {
    const { town } = await live(seed, true);
    expect(differences(town), `SEED=${seed}`).toEqual([]);
    for (const { refusals, document } of town.people) {
      expect(refusals, `SEED=${seed}`).toEqual([]);
      expect(document.drafts.list, `SEED=${seed}`).toEqual([]);
    }
  }
  quiet.mockRestore();
});

test('nothing is lost and nothing is there twice', async () => {
  for (let seed = first; seed < first + count; seed++) {
    const { town, words } = await live(seed, false);
    // A word may be torn by what another wrote inside it: then its letters are still there.
    const letters = (s: string): string => [...s.replaceAll('\n', '')].sort().join('');
    expect(letters(text(town.content)), `SEED=${seed}`).toBe(letters(`Some text 漢字 😀${words.join('')}`));
    expect(differences(town), `SEED=${seed}`).toEqual([]);
  }
});

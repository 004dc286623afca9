import { describe, expect, it } from 'vitest';
import { EXAMPLE, typeOf } from '../../../src/activities/poll/intake/file';
import { parcels } from '../../../src/activities/poll/intake/parcels';
import type { Question } from '../../../src/activities/poll/question';

function question(prompt: string): Question {
  const none = { least: 1, most: 1, from: 0, to: 0, low: '', high: '', seconds: 0 };
  return { id: '', kind: 'single', prompt, options: [], show: 'live', ...none };
}

describe('questions that are added', () => {
  it('go in few commands that are short enough, in their order', () => {
    const all = Array.from({ length: 100 }, (_, i) => question(`${i} ${'茶'.repeat(300)}`));
    const sent = parcels(all);
    expect(sent.length).toBeLessThan(6);
    for (const { name, content } of sent) {
      expect(name).toBe('import');
      expect(new TextEncoder().encode(JSON.stringify(content)).length).toBeLessThan(48 * 1024);
    }
    expect(sent.flatMap((p) => (p.name === 'import' ? p.content.questions : []))).toEqual(all);
  });

  it('go alone when one is very long', () => {
    const sent = parcels([question('a'), question('x'.repeat(50_000)), question('b'), question('c')]);
    expect(sent.map((p) => p.name)).toEqual(['import', 'write', 'import']);
    expect(sent[2]?.content).toEqual({ questions: [question('b'), question('c')] });
    expect(parcels([])).toEqual([]);
  });
});

describe('a file of questions', () => {
  it('is known by the end of its name', () => {
    expect(typeOf('Quiz.CSV')).toBe('text/csv');
    expect(typeOf('a.b.tsv')).toBe('text/tab-separated-values');
    expect(typeOf('quiz.xlsx')).toMatch(/^application\/vnd/);
    expect(typeOf('moodle.gift')).toBe('text/plain');
    expect(typeOf('none')).toBe('text/plain');
  });

  it('has an example with as many cells in each row', () => {
    const rows = EXAMPLE.replace(/"[^"]*"/g, '')
      .trim()
      .split('\r\n');
    expect(new Set(rows.map((row) => row.split(',').length)).size).toBe(1);
    expect(rows).toHaveLength(9);
  });
});

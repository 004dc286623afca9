// The log that the server's side has written: applied here, it gives every role what it gives there.
/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import { apply, applyOwn, digest, open, openOwn, type Qa } from '../../../src/activities/qa/state';

interface Part {
  member: { role: string };
  from: { seq: number; view: unknown; mine: unknown };
  events: RoomEvent[];
  digests?: { key: string; with: unknown }[];
  to: { seq: number; view: unknown; mine: unknown };
}

const file = join(__dirname, '../../../../qa/testdata/qa.jsonl');
const parts = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .flatMap((line) => (JSON.parse(line) as { role?: Part }).role ?? []);

/** A state as it can be compared: how we came to know it does not matter. */
function plain(qa: Qa): unknown {
  return { ...qa, questions: qa.questions.map(({ through: _, ...question }) => question) };
}

describe('the golden log', () => {
  test('tells of every role', () => {
    expect(new Set(parts.map((part) => part.member.role)).size).toBe(5);
    expect(parts.reduce((sum, part) => sum + part.events.length, 0)).toBeGreaterThan(50);
  });

  test.each(parts.map((part) => [part.member.role, part.from.seq, part.to.seq, part] as const))(
    '%s, from %i to %i',
    (_, __, ___, part) => {
      let qa = open(part.from.view, part.from.seq);
      let own = openOwn(part.from.mine);
      for (const event of part.events) {
        qa = apply(qa, event);
        own = applyOwn(own, event);
      }
      for (const d of part.digests ?? []) qa = digest(qa, { ...d, through: part.to.seq });
      expect(plain(qa)).toEqual(plain(open(part.to.view, part.to.seq)));
      expect(own.questions).toEqual(openOwn(part.to.mine).questions);
    },
  );

  test('what was known before is not changed in place', () => {
    for (const part of parts) {
      const qa = open(part.from.view, part.from.seq);
      const own = openOwn(part.from.mine);
      const before = JSON.stringify([qa, own]);
      part.events.reduce(apply, qa);
      part.events.reduce(applyOwn, own);
      expect(JSON.stringify([qa, own])).toBe(before);
    }
  });
});

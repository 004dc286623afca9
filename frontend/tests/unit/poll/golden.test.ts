// The log that the server's side has written: applied here, it gives every role what it gives there.
/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import { apply, digest, open, type Poll } from '../../../src/activities/poll/state';

interface Part {
  member: { role: string };
  from: { seq: number; view: unknown };
  events: RoomEvent[];
  digests?: { key: string; with: unknown }[];
  to: { seq: number; view: unknown };
}

const folder = join(__dirname, '../../../../polls/testdata');
const parts = [
  'poll.jsonl',
  'ranking.jsonl',
  'special.jsonl',
  'grid.jsonl',
  'quiz.jsonl',
  'secret.jsonl',
  'codes.jsonl',
  'teams.jsonl',
  'places.jsonl',
]
  .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
  .filter(Boolean)
  .flatMap((line) => (JSON.parse(line) as { role?: Part }).role ?? []);

/** A state as it can be compared: how we came to know it does not matter. */
function plain(poll: Poll): unknown {
  const questions = poll.questions.map(({ through: _, ...question }) => question);
  const { present, quiz, strength, codes } = poll;
  return poll.host ? { present, questions, quiz, strength, codes } : { ...poll, questions };
}

describe('the golden log', () => {
  test('tells of every role', () => {
    expect(new Set(parts.map((part) => part.member.role)).size).toBe(5);
    expect(parts.reduce((sum, part) => sum + part.events.length, 0)).toBeGreaterThan(50);
  });

  test.each(parts.map((part) => [part.member.role, part.from.seq, part.to.seq, part] as const))(
    '%s, from %i to %i',
    (_, __, ___, part) => {
      let poll = open(part.from.view, part.from.seq);
      for (const event of part.events) poll = apply(poll, event);
      for (const d of part.digests ?? []) poll = digest(poll, { ...d, through: part.to.seq });
      expect(plain(poll)).toEqual(plain(open(part.to.view, part.to.seq)));
    },
  );

  test('what was known before is not changed in place', () => {
    for (const part of parts) {
      const poll = open(part.from.view, part.from.seq);
      const before = JSON.stringify(poll);
      part.events.reduce(apply, poll);
      expect(JSON.stringify(poll)).toBe(before);
    }
  });
});

// The logs that the server's side has written: applied here, they give every role what they give there.
/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import { apply, applyOwn, digest, open, openOwn } from '../../../src/activities/survey/state';

interface Part {
  member: { role: string };
  from: { seq: number; view: unknown; mine: unknown };
  events: RoomEvent[];
  digests?: { key: string; with: unknown }[];
  to: { seq: number; view: unknown; mine: unknown };
}

function read(name: string): Part[] {
  return readFileSync(join(__dirname, '../../../../surveys/testdata', name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as { role?: Part }).role ?? []);
}

describe.each(['survey.jsonl', 'unnamed.jsonl'])('the golden log %s', (name) => {
  const parts = read(name);

  test('tells of every role, and of answers', () => {
    expect(new Set(parts.map((part) => part.member.role)).size).toBe(5);
    expect(parts.flatMap((part) => part.events).filter((e) => e.did === 'sent').length).toBeGreaterThan(3);
  });

  test.each(parts.map((part) => [part.member.role, part.from.seq, part.to.seq, part] as const))(
    '%s, from %i to %i',
    (_, __, ___, part) => {
      let survey = open(part.from.view);
      let own = openOwn(part.from.mine);
      for (const event of part.events) {
        own = applyOwn(own, survey, event);
        survey = apply(survey, event);
      }
      for (const d of part.digests ?? []) survey = digest(survey, d);
      expect(survey).toEqual(open(part.to.view));
      expect(own).toEqual(openOwn(part.to.mine));
    },
  );
});

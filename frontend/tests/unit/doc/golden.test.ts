/// <reference types="node" />
// The log that collab has written: what each role was told between two views leads from one to the other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Copy } from '../../../src/activities/doc/copy';
import { afterLook } from '../../../src/activities/doc/poll/told';
import { afterDecision, afterSuggested, decisionOf } from '../../../src/activities/doc/suggest/told';
import { afterTalk } from '../../../src/activities/doc/talk/threads';
import { named, readChanged, readView } from '../../../src/activities/doc/told';
import { canonical, hash, synced } from '../../../src/lib/delta';

interface Part {
  from: { view: unknown };
  events: { did: string; with: unknown; by: string; at: number; seq: number }[];
  to: { view: unknown };
}

const folder = join(__dirname, '../../../../collab/testdata');
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

test.each(files)('%s leads from view to view', (name) => {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
  const parts = lines.flatMap((line) => (JSON.parse(line) as { role?: Part }).role ?? []);
  expect(parts.reduce((sum, part) => sum + part.events.length, 0)).toBeGreaterThan(50);
  for (const part of parts) {
    const [from, to] = [readView(part.from.view), readView(part.to.view)];
    const copy = new Copy(from.content, synced(from.rev));
    let { versions, threads, suggestions, polls, language } = from;
    for (const event of part.events) {
      const talk = afterTalk(threads, event);
      if (talk) {
        threads = talk;
        continue;
      }
      const suggested = afterSuggested(suggestions, event);
      if (suggested) {
        suggestions = suggested;
        continue;
      }
      if (event.did === 'coded') {
        language = (event.with as { language: string }).language;
        continue;
      }
      if (event.did !== 'changed') {
        expect(['named', 'unnamed']).toContain(event.did);
        versions = named(versions, event);
        continue;
      }
      const { rev, change, hash: sum } = readChanged(event.with);
      const decision = decisionOf(event.with);
      if (decision) suggestions = afterDecision(suggestions, decision);
      polls = afterLook(polls, (event.with as { polls?: unknown }).polls);
      copy.foreign(change, rev - 1, rev, null);
      if (sum !== null) expect(hash(copy.base)).toBe(sum);
    }
    expect(copy.client).toEqual(synced(to.rev));
    expect(canonical(copy.text)).toBe(canonical(to.content));
    expect(versions).toEqual(to.versions);
    expect(threads).toEqual(to.threads);
    expect(suggestions).toEqual(to.suggestions);
    expect(polls).toEqual(to.polls);
    expect(language).toBe(to.language);
  }
});

// What a panel keeps of answers that were refused, so that nothing which was filled in is lost.
import { describe, expect, it } from 'vitest';
import type { ActivityListener } from '../../../src/lib/net/watches';
import { LiveSurvey, type SurveyRoom } from '../../../src/activities/survey/survey.svelte';

const view = {
  state: 'open',
  intro: '',
  ending: '',
  unnamed: false,
  changes: false,
  shared: false,
  figures: { sent: 0, counted: 0 },
  pages: ['p1', 'p2'].map((id) => ({ id, questions: [{ id: `q${id}`, kind: 'short', prompt: '?' }] })),
};

function room(): { live: LiveSurvey; listener: ActivityListener; record: () => unknown; asked: string[] } {
  let listener: ActivityListener | undefined;
  let record: unknown;
  const asked: string[] = [];
  const fake = {
    code: 'ABCDEF',
    watch: (_: string, l: ActivityListener) => (listener = l),
    unwatch: () => undefined,
    may: () => true,
    send: (_: string, name: string, content: unknown) => {
      asked.push(`${name} ${JSON.stringify(content)}`);
      return Object.assign(Promise.resolve({ is: 'done', n: 1, event: null }), { n: 1 });
    },
    unsettled: () => [],
    record: () => record,
    keep: (_: string, next: unknown) => (record = next),
  } as unknown as SurveyRoom;
  const live = new LiveSurvey(fake, 's');
  if (!listener) throw new Error('nobody listens');
  listener.open(view, { at: 'p1', answers: {} }, 1, 'survey');
  return { live, listener, record: () => record, asked };
}

describe('a page that is filled in', () => {
  it('is kept until it is saved, and sent with where one goes', () => {
    const { live, record, asked } = room();
    live.keep('p1', { qp1: 'half' });
    live.keep('p2', { qp2: 'more' });
    expect(live.kept('p1')).toEqual({ qp1: 'half' });
    void live.answer('p1', { qp1: 'whole' }, '');
    void live.answer('p2', { qp2: 'more' }, 'p1');
    expect(record()).toEqual({});
    expect(asked).toEqual([
      'save {"page":"p1","answers":{"qp1":"whole"}}',
      'save {"page":"p2","answers":{"qp2":"more"},"to":"p1"}',
    ]);
  });

  it('comes back when it is refused', () => {
    const { live, listener } = room();
    const command = { n: 1, in: 's', do: 'save', with: '{"page":"p1","answers":{"qp1":"whole"}}' };
    listener.refused?.({ because: 'paused', say: 'Later.' }, command);
    expect(live.kept('p1')).toEqual({ qp1: 'whole' });
    listener.refused?.(
      { because: 'role', say: 'No.' },
      { ...command, do: 'write', with: '{"page":{"id":"p2"}}' },
    );
    expect(live.kept('p2')).toBe(null);
  });
});

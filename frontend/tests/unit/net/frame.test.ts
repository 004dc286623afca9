// @vitest-environment node
import { expect, test } from 'vitest';
import { FrameError, readFrame } from '../../../src/lib/net/frame';
import { reaches } from '../../../src/lib/net/protocol';
import protocol from '../../../../docs/protocol.md?raw';
import { seeded } from './clock';

const EVENT = {
  in: 'chat',
  did: 'said',
  with: { text: 'hello' },
  by: 'm9',
  peer: 'p-9f3c',
  n: 17,
  at: 1.7e12,
  seq: 413,
};
const MEMBER = { id: 'm9', name: 'Ada', colour: 3, role: 'host' };
const FRAMES: Record<string, unknown>[] = [
  {
    joined: true,
    build: 'b1',
    epoch: 'k3',
    seq: 412,
    mark: '9a01c7d2',
    time: 1.7e12,
    member: MEMBER,
    kinds: { chat: { commands: { say: { role: 'participant', class: 'talk' } }, signals: {} } },
    watch: {
      lobby: { events: [EVENT], seq: 412 },
      'doc-1': { kind: 'doc', view: {}, mine: null, seq: 412 },
      'doc-2': { kind: 'doc', fetch: '/api/rooms/K7TQ2M/activities/doc-2/view', seq: 410 },
      chat: { seq: 412 },
      secret: { refused: 'no-activity', say: 'No.' },
    },
    presence: { people: 2, here: [{ ...MEMBER, tabs: 1 }], all: true },
    signals: [
      { in: 'doc-1', signal: 'cursor', with: null, by: 'm9', peer: 'p-9f3c', name: 'Ada', colour: 3 },
    ],
    digests: [{ in: 'poll-3', key: 'q1', through: 431, with: { people: 41 } }],
  },
  { seq: 413, mark: '7be01d22', events: [EVENT] },
  { done: [17, 18], seq: 413 },
  { refused: 18, because: 'closed', say: 'This poll is closed.', in: 'poll-3', do: 'vote' },
  { refused: 0, ref: 'r1', because: 'closed', say: 'This poll is closed.' },
  { wait: 18, because: 'busy', say: 'Later.', after: 300 },
  { mine: [{ in: 'poll-3', with: { turn: 2 }, seq: 414 }] },
  { unwatched: ['doc-1'], member: MEMBER },
  { beat: { seq: 431, mark: 'm', frames: 37 } },
  { closing: { because: 'restart', say: 'Back soon.', after: 1200 } },
];

test('every frame of the protocol is read', () => {
  const [joined, told, done, refused, ballot, wait, mine, unwatched, beat, closing] = FRAMES.map((f) =>
    readFrame(JSON.stringify(f)),
  );
  expect(joined).toMatchObject({
    joined: { build: 'b1', epoch: 'k3', forked: false, member: MEMBER },
    seq: 412,
    mark: '9a01c7d2',
  });
  expect(joined?.joined?.kinds.get('chat')?.commands.get('say')).toEqual({
    role: 'participant',
    class: 'talk',
    unnumbered: false,
  });
  expect([...(joined?.watch.values() ?? [])].map((a) => a.is)).toEqual([
    'events',
    'view',
    'fetch',
    'same',
    'refused',
  ]);
  expect(joined).toMatchObject({
    presence: { all: true },
    signals: [{ with: null }],
    digests: [{ through: 431 }],
  });
  expect(told).toMatchObject({ seq: 413, mark: '7be01d22', events: [EVENT] });
  expect(done?.done).toEqual([17, 18]);
  expect(refused?.refused).toEqual({ n: 18, ref: '', because: 'closed', say: 'This poll is closed.' });
  expect(ballot?.refused).toMatchObject({ n: 0, ref: 'r1' });
  expect(wait?.wait).toMatchObject({ n: 18, because: 'busy', after: 300 });
  expect(mine?.mine).toEqual([{ in: 'poll-3', with: { turn: 2 }, seq: 414 }]);
  expect(unwatched).toMatchObject({ unwatched: ['doc-1'], member: MEMBER });
  expect(beat?.beat).toEqual({ seq: 431, mark: 'm', frames: 37 });
  expect(closing?.closing).toMatchObject({ because: 'restart', after: 1200 });
});

test('the examples in the protocol are frames', () => {
  const joined = protocol.replaceAll(/\n {3}(?=")/g, '');
  const examples = [...joined.matchAll(/^← (\{.*\})/gm)].map(([, text = '']) =>
    text.replaceAll('[…]', '[]').replaceAll('{…}', '{}').replaceAll(':…', ':null').replaceAll('…', 'x'),
  );
  expect(examples.length).toBeGreaterThanOrEqual(6);
  for (const text of examples) expect(() => readFrame(text), text).not.toThrow();
});

test.each([
  ['', 'frame'],
  ['[]', 'frame'],
  ['{"seq":-1}', 'seq'],
  ['{"seq":1.5}', 'seq'],
  ['{"seq":9007199254740993}', 'seq'],
  ['{"events":{}}', 'events'],
  ['{"events":[null]}', 'events[0]'],
  ['{"events":[{"in":"a","did":"b","at":0}]}', 'events[0].seq'],
  ['{"watch":{"a":{"events":[]}}}', 'watch.a.seq'],
  ['{"done":["1"]}', 'done[0]'],
  ['{"refused":1}', 'because'],
  ['{"joined":true}', 'epoch'],
  ['{"beat":{"seq":1,"mark":"m"}}', 'beat.frames'],
])('%s is not a frame', (text, at) => {
  expect(() => readFrame(text)).toThrow(FrameError);
  expect(() => readFrame(text)).toThrow(expect.objectContaining({ at }));
});

test('a name on the wire may be any word', () => {
  const frame = readFrame('{"watch":{"__proto__":{"seq":1},"constructor":{"seq":2}}}');
  expect([...frame.watch.keys()]).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['seq']).toBeUndefined();
});

const JUNK: unknown[] = [null, -1, 0.5, 1e300, '', 'x', true, [], {}, [[]], { seq: 1 }, 2 ** 53];

test('junk is a FrameError, and nothing else ever comes out', { timeout: 60_000 }, () => {
  const seed = Number(import.meta.env['VITE_SEED'] ?? 1);
  const random = seeded(seed);
  let refused = 0;
  for (let i = 0; i < 2_000; i++) {
    let text = JSON.stringify(spoil(FRAMES[Math.floor(random() * FRAMES.length)], random));
    if (random() < 0.2) text = text.slice(0, Math.floor(random() * text.length));
    try {
      readFrame(text);
    } catch (error) {
      refused++;
      if (!(error instanceof FrameError))
        throw new Error(`seed ${seed}, try ${i}: ${String(error)} for ${text}`);
    }
  }
  expect(refused).toBeGreaterThan(200);
});

/** Puts junk somewhere into a value, or takes something out of it. */
function spoil(value: unknown, random: () => number): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.1)
    return JUNK[Math.floor(random() * JUNK.length)];
  const copy = structuredClone(value) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[Math.floor(random() * keys.length)];
  if (key === undefined) return JUNK[Math.floor(random() * JUNK.length)];
  if (random() < 0.1) delete copy[key];
  else copy[key] = spoil(copy[key], random);
  return copy;
}

test('a role reaches itself and what is below it; an unknown one reaches nothing', () => {
  expect([reaches('host', 'editor'), reaches('editor', 'editor'), reaches('viewer', 'editor')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([reaches('wizard', 'viewer'), reaches('owner', 'wizard'), reaches('owner', 'room')]).toEqual([
    false,
    false,
    false,
  ]);
});

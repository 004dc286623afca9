// What is told of a ZIP before it goes out: of good ones what is in them, of others why not.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fitting } from '../../src/pages/rooms/carry';
import { lookInto, Unfit } from '../../src/pages/rooms/look';

type Entry = [name: string, content: string, method?: number];

/** A ZIP as programs write it. */
function zip(entries: Entry[], comment = ''): Blob {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [name, content, method = 8] of entries) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50);
    head.writeUInt16LE(method, 8);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    parts.push(head, Buffer.from(name), packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    list.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const size = list.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return new Blob([...parts, ...list, end, Buffer.from(comment)].map((b) => new Uint8Array(b)));
}

const room = JSON.stringify({
  is: 'plenum-room',
  format: 1,
  title: '团队日',
  activities: [{ kind: 'doc' }, { kind: 'poll' }, { kind: 'doc' }, null, { kind: 7 }],
  files: [{}, {}],
  missing: ['sha256-x'],
});

async function why(file: Blob): Promise<string> {
  try {
    return JSON.stringify(await lookInto(file));
  } catch (error) {
    return error instanceof Unfit ? error.because : String(error);
  }
}

describe('a look into the ZIP of a room', () => {
  it.each<[string, Entry[]]>([
    [
      'packed',
      [
        ['documents/a.md', 'x'],
        ['room.json', room],
      ],
    ],
    ['as it is', [['room.json', room, 0]]],
    [
      'in a folder',
      [
        ['Team day/room.json', room],
        ['Team day/x', 'x'],
      ],
    ],
    [
      'with something of a system',
      [
        ['__MACOSX/._room.json', 'x'],
        ['room.json', room],
      ],
    ],
  ])('tells what is in it: %s', async (_, entries) => {
    const look = await lookInto(zip(entries, 'a comment'));
    expect(look?.title).toBe('团队日');
    expect([...(look?.kinds ?? [])]).toEqual([
      ['doc', 2],
      ['poll', 1],
    ]);
    expect([look?.files, look?.missing]).toEqual([2, 1]);
  });

  it.each<[string, Blob, string]>([
    ['nothing', new Blob([]), 'zip'],
    ['a text', new Blob(['no ZIP at all, but long enough to be one of no entries']), 'zip'],
    ['another ZIP', zip([['a.txt', 'x']]), 'zip'],
    ['too deep', zip([['a/b/room.json', room]]), 'zip'],
    ['no JSON', zip([['room.json', '{']]), 'zip'],
    ['null', zip([['room.json', 'null']]), 'zip'],
    ['of something else', zip([['room.json', '{"is":"x","format":1}']]), 'zip'],
    ['of tomorrow', zip([['room.json', room.replace('"format":1', '"format":2')]]), 'zip-newer'],
    ['a bomb', zip([['room.json', ' '.repeat(50_000_000)]]), 'zip'],
    ['packed in an unknown way', zip([['room.json', room, 99]]), 'null'],
  ])('says why it is none: %s', async (_, file, said) => {
    expect(await why(file)).toBe(said);
  });

  it('takes no half of a ZIP, and no ZIP with a wrong byte, for a whole one', async () => {
    const whole = new Uint8Array(await zip([['room.json', room]]).arrayBuffer());
    expect(await why(new Blob([whole.slice(0, whole.length / 2)]))).toBe('zip');
    for (let at = 0; at < whole.length; at++) {
      const wrong = whole.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 0xff;
      expect(await why(new Blob([wrong]))).not.toMatch(/Error/);
    }
  });
});

describe('the title of a copy', () => {
  it('is cut where it would be too long, never within a character', () => {
    expect(fitting('Plan')).toBe('Plan');
    expect(fitting('x'.repeat(201))).toHaveLength(200);
    expect(fitting(`${'x'.repeat(199)}🙂`)).toBe('x'.repeat(199));
  });
});

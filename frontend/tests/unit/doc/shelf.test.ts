// A document without the server: what this device saw last is there, and what is written on it is not mixed
// into another history.
import { describe, expect, it } from 'vitest';
import { LiveDocument } from '../../../src/activities/doc/document';
import type { DocumentOptions } from '../../../src/activities/doc/options';
import type { Delta } from '../../../src/lib/delta';
import { text } from './town';

/** A device, with what survives a reload of its page. */
class Device {
  copy: unknown = null;
  record: unknown;
  sent: unknown[] = [];
  timers: (() => void)[] = [];
  reached = false;
  epoch: string | null = null;
  steps: unknown[] = [];

  /** A page that has just been opened. */
  async page(reached: boolean): Promise<LiveDocument> {
    this.reached = reached;
    this.epoch = null;
    const device = this;
    const room = {
      peer: 'p',
      here: { people: 0, here: [] },
      get member() {
        return device.reached ? { id: 'm', name: 'Ada', colour: 1, role: 'editor' } : null;
      },
      get epoch() {
        return device.epoch;
      },
      watch: () => undefined,
      unwatch: () => undefined,
      send: (_: string, __: string, content: unknown) => {
        device.sent.push(structuredClone(content));
        return Object.assign(new Promise(() => undefined), { n: device.sent.length });
      },
      unsettled: () => [],
      amend: () => undefined,
      record: () => structuredClone(device.record),
      keep: (_: string, record: unknown) => (device.record = structuredClone(record)),
      holds: () => undefined,
      signal: () => undefined,
      may: () => true,
    };
    const document = new LiveDocument({
      room: room as unknown as DocumentOptions['room'],
      id: 'doc',
      clock: {
        now: () => 0,
        after: (_: number, call: () => void) => (this.timers.push(call), () => undefined),
      },
      random: () => 0.5,
      changes: () => Promise.resolve(this.steps),
      idle: () => undefined,
      shelf: {
        get: () => Promise.resolve(structuredClone(this.copy)),
        put: (copy) => Promise.resolve(void (this.copy = structuredClone(copy))),
      },
    });
    await tick();
    return document;
  }

  /** The server tells the document. */
  tell(document: LiveDocument, epoch: string, rev: number, content: Delta): void {
    this.reached = true;
    this.epoch = epoch;
    document.open({ rev, content });
  }

  /** Time passes. */
  pass(): void {
    for (const call of this.timers.splice(0)) call();
  }
}

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const start: Delta = [{ insert: 'Start.\n' }];
const seen = (document: LiveDocument): string => text(document.text ?? []);
const drafts = (document: LiveDocument): string[] => document.drafts.list.map((draft) => text(draft.content));

/** A device that has seen the document at revision 3. */
async function knowing(): Promise<Device> {
  const device = new Device();
  const page = await device.page(true);
  device.tell(page, 'e1', 3, start);
  device.pass();
  return device;
}

describe('without the server', () => {
  it('there is nothing of a document that was never open', async () => {
    const page = await new Device().page(false);
    expect([page.phase, page.text, page.writable]).toEqual(['loading', null, false]);
  });

  it('the text is as it was seen last, and what is written is sent on top of it later', async () => {
    const device = await knowing();
    const page = await device.page(false);
    expect([page.phase, seen(page), page.writable]).toEqual(['kept', 'Start.\n', true]);
    page.edit([{ insert: 'Offline. ' }], null);
    expect(device.sent).toEqual([]);
    const again = await device.page(false);
    expect([again.phase, seen(again)]).toEqual(['kept', 'Offline. Start.\n']);
    device.tell(again, 'e1', 3, start);
    expect(device.sent).toEqual([{ base: 3, change: [{ insert: 'Offline. ' }] }]);
    expect(seen(again)).toBe('Offline. Start.\n');
  });

  it('the copy is what the server had, without what is only here', async () => {
    const device = new Device();
    const page = await device.page(true);
    device.tell(page, 'e1', 3, start);
    page.edit([{ insert: 'Not saved. ' }], null);
    device.pass();
    device.record = undefined;
    expect(seen(await device.page(false))).toBe('Start.\n');
  });

  it('who could only read can only read', async () => {
    const device = await knowing();
    device.copy = { ...(device.copy as object), writable: false };
    const page = await device.page(false);
    expect([seen(page), page.writable]).toEqual(['Start.\n', false]);
  });

  it('a copy that makes no sense is none', async () => {
    const device = await knowing();
    for (const copy of [
      null,
      7,
      {},
      { rev: 1, base: 'no' },
      { rev: 1, base: '[{"retain":1}]', epoch: 'e1' },
      { base: '[{"insert":"No revision.\\n"}]', epoch: 'e1' },
    ]) {
      device.copy = copy;
      expect((await device.page(false)).phase).toBe('loading');
    }
  });
});

describe('when the server is back', () => {
  it('what others did meanwhile is there', async () => {
    const device = await knowing();
    const page = await device.page(false);
    device.tell(page, 'e1', 5, [{ insert: 'Later.\n' }]);
    expect([page.phase, seen(page)]).toEqual(['open', 'Later.\n']);
    device.pass();
    expect(seen(await device.page(false))).toBe('Later.\n');
  });

  it.each([3, 5])('and its history is another, what was written is a draft (revision %i)', async (rev) => {
    const device = await knowing();
    const page = await device.page(false);
    page.edit([{ insert: 'Offline. ' }], null);
    // Also if the page was loaded again in between.
    const again = await device.page(false);
    device.tell(again, 'e2', rev, start);
    await tick();
    expect(device.sent).toEqual([]);
    expect([seen(again), drafts(again)]).toEqual(['Start.\n', ['Offline. ']]);
  });

  it('and does not show the document any more, the device has nothing of it either', async () => {
    const device = await knowing();
    const page = await device.page(false);
    page.gone({ because: 'hidden', say: 'Hidden.' });
    await tick();
    expect(device.copy).toBeNull();
  });
});

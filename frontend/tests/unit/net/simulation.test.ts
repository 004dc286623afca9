// @vitest-environment node
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../../src/lib/net/outbox';
import { seeded } from './clock';
import { Words } from './mirror';
import { World, type Page } from './world';

/**
 * A random life: tabs open, reload, crash and are duplicated; links break, lose and double frames; the
 * server crashes between commit and answer; the storage fails. In the end every command is settled
 * exactly once and every page shows what the server has.
 */
class Life {
  readonly world = new World();
  readonly random: () => number;
  readonly faults: Set<string>;
  readonly sent = new Map<string, { page: Page; outcome: Outcome | null; certain: boolean }>();
  /** The newest ballot that was stored. */
  castTurn = 0;
  #count = 0;

  constructor(seed: number, faults: string[]) {
    this.random = seeded(seed);
    this.faults = new Set(faults);
    vi.stubGlobal('crypto', {
      getRandomValues: (bytes: Uint8Array) => bytes.map(() => Math.floor(this.random() * 256)),
    });
    this.world.random = this.random;
    this.world.server.answersLater = this.chance(0.5);
    this.world.server.refuse = () =>
      this.faults.has('refusals') && this.chance(0.15) ? { because: 'closed', say: 'Closed.' } : null;
    this.world.server.wait = () =>
      this.faults.has('waits') && this.chance(0.15) ? { because: 'busy', after: this.below(800) } : null;
    this.world.server.big = () => this.faults.has('big') && this.chance(0.3);
  }

  chance(p: number): boolean {
    return this.random() < p;
  }

  below(n: number): number {
    return Math.floor(this.random() * n);
  }

  some<T>(all: readonly T[]): T | undefined {
    return all[this.below(all.length)];
  }

  get pages(): Page[] {
    return this.world.pages.filter((p) => p.alive);
  }

  async open(session?: Words): Promise<void> {
    const page = await this.world.page(session);
    page.watch('list', 'list-2', 'poll');
  }

  async step(): Promise<void> {
    const { world } = this;
    const page = this.some(this.pages);
    if (!page) return this.open();
    const n = this.below(100);
    if (n < 33) return this.send(page);
    if (n < 35) return this.cast(page);
    if (n < 60) return this.carry();
    if (n < 72) return this.time();
    if (n < 76) return this.cut();
    if (n < 78 && this.faults.has('crashes')) world.server.breakAfterCommit = true;
    else if (n < 79 && this.faults.has('crashes')) world.server.crash();
    else if (n < 81 && this.faults.has('silence')) this.spoil();
    else if (n < 83 && this.faults.has('silence')) this.silence();
    else if (n < 86 && this.faults.has('reloads')) return this.reload(page);
    else if (n < 88 && this.faults.has('tabs')) return this.tabs(page);
    else if (n < 90 && this.faults.has('storage')) world.storageFails = !world.storageFails;
    else if (n < 91 && this.faults.has('restore'))
      world.server.restore(Math.max(0, world.server.seq - this.below(5)));
    else if (n < 94)
      world.server.happen(this.chance(0.5) ? 'list' : 'list-2', 'put', `server ${this.#count++}`);
    else if (n < 96) world.server.refresh('list');
    else world.server.beat();
  }

  async send(page: Page): Promise<void> {
    const id = `c${this.#count++}`;
    const content = this.faults.has('posts') && this.chance(0.1) ? { id, text: 'x'.repeat(50_000) } : { id };
    const entry = { page, outcome: null as Outcome | null, certain: false };
    this.sent.set(JSON.stringify(content), entry);
    const sent = page.room.send(this.chance(0.5) ? 'list' : 'list-2', 'put', content);
    void sent.then((outcome) => (entry.outcome = outcome));
    if (this.chance(0.3)) return;
    await this.world.think();
    entry.certain = page.alive && page.room.line.storage === 'ok';
  }

  async cast(page: Page): Promise<void> {
    const turn = ++this.#count;
    page.room.cast('poll', 'vote', { turn, choice: 'a' }, 'q1');
    await this.world.think();
    if (page.alive && page.room.line.storage === 'ok') this.castTurn = turn;
  }

  async carry(): Promise<void> {
    for (let i = this.below(6); i >= 0; i--)
      this.some(this.world.server.links)?.carry(this.chance(0.5) ? 'up' : 'down');
    if (this.chance(0.5)) await this.world.think();
  }

  async time(): Promise<void> {
    const next = this.world.clock.next();
    if (next !== null) this.world.clock.moveTo(Math.min(next, this.world.clock.now() + this.below(3000)));
    await this.world.think();
  }

  async cut(): Promise<void> {
    this.some(this.world.server.links)?.cut();
    await this.world.think();
  }

  /** The count in a beat tells it, so long as the link lives. */
  spoil(): void {
    const spoilt = this.some(this.world.server.links)?.spoil(this.chance(0.5) ? 'lose' : 'double');
    if (spoilt) this.world.server.beat();
  }

  /** A link on which nothing comes through any more, in either direction, and nobody is told. */
  silence(): void {
    const link = this.some(this.world.server.links);
    if (link) link.dead = true;
  }

  async reload(page: Page): Promise<void> {
    const goodbye = this.chance(0.6);
    if (goodbye) page.room.leave();
    page.kill();
    for (const entry of this.sent.values())
      if (entry.page === page && !entry.certain) entry.outcome ??= { is: 'elsewhere', n: 0 };
    await this.open(page.session);
  }

  async tabs(page: Page): Promise<void> {
    if (this.pages.length > 1 && this.chance(0.4)) return page.kill();
    if (this.pages.length < 4) await this.open(this.chance(0.5) ? page.session.copy() : undefined);
  }

  /** All faults end; what was left undone is done. */
  async heal(): Promise<void> {
    const { world } = this;
    this.faults.clear();
    world.storageFails = false;
    world.server.breakAfterCommit = false;
    if (this.pages.length === 0) await this.open();
    for (let i = 0; i < 12; i++) {
      await world.pass(10_000);
      world.server.beat();
      await world.settle();
    }
  }

  /** What must hold whatever happened. */
  check(): void {
    const { server } = this.world;
    const log = server.events.map((e) => JSON.stringify(e.with));
    for (const page of this.pages) {
      expect(page.reported).toEqual([]);
      expect(page.room.line).toMatchObject({ state: 'live', unsettled: 0, storage: 'ok' });
      for (const id of ['list', 'list-2']) expect(page.mirror(id).items).toEqual(server.items(id));
    }
    expect(new Set(log).size, 'nothing twice').toBe(log.length);
    for (const [content, epochs] of server.done)
      expect(epochs.size, `${content} was sent into two epochs`).toBe(1);
    for (const [content, { outcome, page }] of this.sent) {
      if (!outcome) expect(page.alive, `${nameOf(content)} was never settled`).toBe(false);
    }
  }

  /** What was said of a command is what the log says; what was stored is done or refused in the end. */
  checkLog(stored: boolean): void {
    const log = this.world.server.events.map((e) => JSON.stringify(e.with));
    const refused = new Set(this.world.pages.flatMap((page) => page.everythingRefused()));
    if (stored && this.pages.length > 0 && refused.size === 0) {
      expect(
        this.world.server.ballots.get('m1')?.turn ?? 0,
        'the newest ballot counts',
      ).toBeGreaterThanOrEqual(this.castTurn);
    }
    for (const [content, { outcome, certain }] of this.sent) {
      const times = log.filter((one) => one === content).length;
      if (outcome?.is === 'done') expect(times, `${nameOf(content)} was said to be done`).toBe(1);
      if (outcome?.is === 'refused') expect(times, `${nameOf(content)} was said to be refused`).toBe(0);
      if (stored && certain && !refused.has(content)) expect(times, `${nameOf(content)} was stored`).toBe(1);
    }
  }
}

function nameOf(content: string): string {
  return (JSON.parse(content) as { id: string }).id;
}

const runs: Record<string, string[]> = {
  'links that break': [],
  'a busy server that refuses and crashes': ['refusals', 'waits', 'crashes', 'posts'],
  'frames lost and doubled, links gone silent, big views': ['silence', 'big', 'crashes'],
  'reloads and tabs': ['reloads', 'tabs', 'waits', 'crashes'],
  'a storage that fails and comes back': ['storage', 'reloads', 'tabs', 'waits', 'crashes', 'refusals'],
  'a server restored from a backup': ['restore', 'reloads', 'tabs', 'waits', 'crashes'],
  'all of it': ['refusals', 'waits', 'crashes', 'posts', 'silence', 'big', 'reloads', 'tabs'],
};

afterEach(() => void vi.unstubAllGlobals());

// VITE_SEED=7 runs one life again, VITE_SEEDS=200 runs many.
const { VITE_SEED: seed, VITE_SEEDS: many } = import.meta.env;
const PATIENT = { timeout: 120_000 };
const seeds = seed ? [Number(seed)] : Array.from({ length: Number(many ?? 5) }, (_, i) => i + 1);

describe('in a random life everything is settled exactly once, and every page is right in the end', () => {
  for (const [name, faults] of Object.entries(runs)) {
    test.each(seeds)(`${name}: seed %i`, PATIENT, async (seed) => {
      const life = new Life(seed, faults);
      await life.open();
      for (let i = 0; i < 150; i++) await life.step();
      await life.heal();
      life.check();
      if (!faults.includes('restore')) life.checkLog(!faults.includes('storage'));
    });
  }
});

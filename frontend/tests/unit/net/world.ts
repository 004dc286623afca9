import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { ViewAnswer } from '../../../src/lib/net/api';
import type { Clock } from '../../../src/lib/net/clock';
import { Marks } from '../../../src/lib/net/marks';
import type { Line, RoomOptions } from '../../../src/lib/net/options';
import type { Outcome } from '../../../src/lib/net/outbox';
import { Room } from '../../../src/lib/net/room';
import { Store, type Change, type Recovered } from '../../../src/lib/net/store';
import { ManualClock, turn } from './clock';
import type { Link } from './link';
import { Mirror, Words } from './mirror';
import { PlayedRoom } from './played';

/** One page of a tab: everything it started ends with it. */
export class Page {
  room!: Room;
  readonly session: Words;
  readonly mirrors = new Map<string, Mirror>();
  lines: Line[] = [];
  recovered: Recovered[] = [];
  refusedContents: string[] = [];
  reported: unknown[] = [];
  links: Link[] = [];
  alive = true;
  /** The device has put it to sleep: none of its timers fire. */
  asleep = false;
  /** Big views wait until a test lets them come. */
  views: { url: string; come: (answer?: ViewAnswer) => void; fail: (error: unknown) => void }[] = [];
  readonly #world: World;

  constructor(world: World, session: Words) {
    this.#world = world;
    this.session = session;
  }

  get link(): Link {
    const link = this.links.at(-1);
    if (!link) throw new Error('no connection was made');
    return link;
  }

  mirror(activity: string): Mirror {
    const mirror = this.mirrors.get(activity);
    if (!mirror) throw new Error(`${activity} is not watched`);
    return mirror;
  }

  watch(...activities: string[]): void {
    for (const id of activities) {
      const mirror = new Mirror();
      this.mirrors.set(id, mirror);
      this.room.watch(id, mirror);
    }
  }

  async open(member: string | null = 'm1'): Promise<void> {
    this.room = await Room.open(this.#options(member));
  }

  /** The contents of all that was refused, as JSON. */
  everythingRefused(): string[] {
    return [...this.refusedContents, ...[...this.mirrors.values()].flatMap((m) => m.refusedContents)];
  }

  /** The page is gone, from one moment to the next. */
  kill(): void {
    this.alive = false;
    for (const link of this.links) {
      link.onclose = link.onmessage = link.onopen = null;
      link.close();
    }
  }

  #options(member: string | null): RoomOptions {
    const world = this.#world;
    const page = this;
    const clock: Clock = {
      now: () => world.clock.now(),
      after: (ms, call) => world.clock.after(ms, () => page.alive && !page.asleep && call()),
    };
    class LinkOfPage {
      constructor() {
        const link = world.server.link();
        page.links.push(link);
        return link as never;
      }
    }
    return {
      code: 'K7TQ2M',
      member,
      url: 'ws://plenum.test/socket',
      WebSocket: LinkOfPage as never,
      clock,
      random: world.random,
      store: world.storeOf(page, clock),
      marks: new Marks(this.session, world.local),
      api: {
        aboutRoom: (code) => world.about(code),
        postCommand: (_, command, stop) => world.post(command, stop),
        getView: (url) =>
          new Promise((resolve, reject) => {
            const come = (answer?: ViewAnswer): void =>
              resolve(answer ?? world.server.view(url.split('/').at(-1) ?? ''));
            this.views.push({ url, come, fail: reject });
            if (!world.viewsWait) come(undefined);
          }),
      },
      listener: {
        line: (line) => void this.lines.push(line),
        refused: (_, asked) => void this.refusedContents.push(asked.with),
        recovered: (left) => void (this.recovered = left),
      },
      follow: () => () => undefined,
      report: (error) => void this.reported.push(error),
    };
  }
}

/** A device with its tabs, the network and the played server. */
export class World {
  readonly clock = new ManualClock();
  readonly server = new PlayedRoom();
  readonly local = new Words();
  idb = new IDBFactory();
  pages: Page[] = [];
  random: () => number = () => 0.5;
  viewsWait = false;
  about: RoomOptions['api']['aboutRoom'] = () =>
    Promise.resolve({
      code: 'K7TQ2M',
      title: '',
      locked: false,
      door: 'open',
      people: 1,
      member: { id: 'm1', name: 'Ada', colour: 1, role: 'host' },
    });
  post: (command: Parameters<PlayedRoom['post']>[0], stop: AbortSignal) => Promise<unknown> = (command) =>
    this.server.post(command);
  /** A test may let every use of the storage fail. */
  storageFails = false;
  /** Every change written, oldest first. */
  writes: Change[] = [];
  /** Writes wait for it. */
  gate: Promise<void> = Promise.resolve();
  readonly #stores = new Map<Page, Store>();
  #busy = 0;

  /** Opens a page in a new tab, or in the tab whose sessionStorage is given, and lets it settle. */
  async page(session = new Words(), member: string | null = 'm1'): Promise<Page> {
    const page = new Page(this, session);
    this.pages.push(page);
    const opening = page.open(member);
    await this.settle();
    await opening;
    await this.settle();
    return page;
  }

  /** The person reloads: the page says goodbye and another one starts in the same tab. */
  async reload(page: Page, goodbye = true): Promise<Page> {
    if (goodbye) page.room.leave();
    page.kill();
    return this.page(page.session);
  }

  /** The pages' connections to the storage are gone. */
  forgetStores(): void {
    this.#stores.clear();
  }

  storeOf(page: Page, clock: Clock): RoomOptions['store'] {
    const stores = this.#stores;
    const found = (): Store => {
      const store = stores.get(page) ?? new Store(this.idb, clock);
      stores.set(page, store);
      return store;
    };
    const use =
      <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
      (...args: A): Promise<T> => {
        if (!page.alive) return new Promise(() => undefined);
        if (this.storageFails) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
        this.#busy++;
        return call(...args).finally(() => this.#busy--);
      };
    return {
      claim: use((c) => found().claim(c)),
      write: use(async (change) => {
        await this.gate;
        this.writes.push(change);
        return found().write(change);
      }),
      release: use((r, p, g) => found().release(r, p, g)),
      setAside: use((r, p, g) => found().setAside(r, p, g)),
      recovered: use((r, m) => found().recovered(r, m)),
      dismiss: use((r, p) => found().dismiss(r, p)),
    };
  }

  /** Carries all that is under way until nothing is. No time passes. */
  async settle(): Promise<void> {
    for (let quiet = 0, turns = 0; quiet < 3; turns++) {
      if (turns > 5_000) throw new Error('it never comes to rest');
      const moved = this.server.links
        .map((link) => [link.carry('up'), link.carry('down')].some(Boolean))
        .some(Boolean);
      await turn();
      quiet = moved || this.#busy > 0 ? 0 : quiet + 1;
    }
  }

  /** Lets storage and promises go on, but carries nothing over the network. */
  async think(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = this.#busy > 0 ? 0 : quiet + 1) await turn();
  }

  /** Carries for so many turns, though something never comes to rest. */
  async settleFor(turns: number): Promise<void> {
    for (let i = 0; i < turns; i++) {
      for (const link of this.server.links) for (const way of ['up', 'down'] as const) link.carry(way);
      await turn();
    }
  }

  /** How something that was sent ended, when everything has come to rest. */
  async outcome(sent: Promise<Outcome>): Promise<Outcome> {
    await this.settle();
    return sent;
  }

  /** Carries one direction only. */
  async carry(direction: 'up' | 'down'): Promise<void> {
    for (let moved = true; moved;) {
      moved = this.server.links.map((link) => link.carry(direction)).some(Boolean);
      await this.think();
    }
  }

  /** Time passes, and everything happens that then happens. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    for (let next = this.clock.next(); next !== null && next <= end; next = this.clock.next()) {
      this.clock.moveTo(next);
      await this.settle();
    }
    this.clock.moveTo(end);
    await this.settle();
  }
}

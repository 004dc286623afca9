import { apply, compare, type Delta } from '../../../lib/delta';
import { say, told } from '../../../lib/i18n';
import { ApiError } from '../../../lib/net/api';
import type { Paper } from '../paper';
import { afterLook, type Polled } from '../poll/told';
import type { Source } from './source';
import { both, plain, tag, tagged } from './tagged';
import type { Chunk, Person, Step } from './told';

/** How long a step is shown at the usual speed, and how many steps the whole history is played in, ms. */
const STEP = 120;
const STEPS = 250;
/** So many changes come with one answer. */
const PAGE = 20_000;

/** What the history of a document shows: a revision, perhaps beside another, and what led there. */
export class Past {
  chunks = $state.raw<readonly Chunk[] | null>(null);
  /** The newest revision of which the history is known. */
  head = $state(0);
  /** The revision that is shown. */
  at = $state(0);
  /** Its text with who wrote what; null until there is one. */
  text = $state.raw<Delta | null>(null);
  /** The polls in it, as they were seen then. */
  polls = $state.raw<readonly Polled[]>([]);
  /** When it was made, and by whom. */
  made = $state.raw<{ at: number; by: readonly string[] }>({ at: 0, by: [] });
  /** The revision it is compared with, and that text. */
  other = $state.raw<{ rev: number; at: number; text: Delta } | null>(null);
  playing = $state(false);
  speed = $state(1);
  authors = $state(true);
  failed = $state('');
  /** So many days single changes are kept; -1: for ever. */
  keeping = $state(30);
  /** What was asked for is kept no more, and the last before it that is is shown. */
  near = $state(false);
  people = $state.raw<ReadonlyMap<string, Person>>(new Map());

  /** What both revisions have, one after the other in time. */
  readonly difference = $derived.by(() => {
    if (!this.other || !this.text) return null;
    const [mine, other] = [plain(this.text), this.other.text];
    const [old, now] = this.other.rev < this.at ? [other, mine] : [mine, other];
    return both(old, compare(old, now));
  });

  readonly #source: Source;
  readonly #sheet: Paper;
  /** What was asked last is what is shown. */
  #wanted = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #steps: Step[] = [];

  constructor(sheet: Paper, source: Source) {
    this.#sheet = sheet;
    this.#source = source;
  }

  /** Begins with the newest revision, or with what has changed since another. */
  async open(since?: number): Promise<void> {
    await this.#try(async () => {
      const timeline = await this.#source.timeline();
      this.chunks = timeline.chunks;
      this.keeping = timeline.keeping;
      this.head = timeline.to;
      await this.show(timeline.to);
      if (since !== undefined && since < timeline.to) await this.compareWith(since);
      this.#know();
    });
  }

  /** The document has gone on. */
  async refresh(): Promise<void> {
    await this.#try(async () => {
      const { to, chunks } = await this.#source.timeline();
      const newest = this.at === this.head && !this.playing && !this.other;
      [this.chunks, this.head] = [chunks, to];
      this.#know();
      if (newest) await this.show(to);
    });
  }

  close(): void {
    this.pause();
    this.#wanted++;
    this.#source.close();
  }

  /** Shows a revision. */
  async show(rev: number): Promise<void> {
    this.pause();
    this.at = rev;
    const ticket = ++this.#wanted;
    await this.#try(async () => {
      const found = await this.#source.revision(rev);
      if (ticket !== this.#wanted) return;
      this.near = found.rev !== rev;
      this.at = found.rev;
      this.text = tagged(found.content, found.authors);
      this.polls = found.polls;
      this.made = { at: found.at, by: found.by === '' ? [] : [found.by] };
      this.#know();
    });
  }

  /** Puts another revision beside the one that is shown. */
  async compareWith(rev: number): Promise<void> {
    this.pause();
    await this.#try(async () => {
      const found = await this.#source.revision(rev);
      this.other = { rev: found.rev, at: found.at, text: found.content };
    });
  }

  /** Puts a chunk in the place of what it was made of. */
  async detail(chunk: Chunk): Promise<void> {
    await this.#try(async () => {
      const { chunks } = await this.#source.timeline({ from: chunk.from, to: chunk.to });
      this.chunks =
        this.chunks?.flatMap((one) => (one === chunk && chunks.length > 1 ? chunks : [one])) ?? null;
      this.#know();
    });
  }

  /** Plays from the revision that is shown, or from the beginning at the end. */
  async play(): Promise<void> {
    this.other = null;
    if (this.at >= this.head) await this.show(0);
    this.playing = true;
    this.#steps = [];
    void this.#step();
  }

  pause(): void {
    this.playing = false;
    clearTimeout(this.#timer);
  }

  /** Makes the document what is shown, as a change that is made now. */
  restore(): void {
    if (this.text) this.#sheet.restore(plain(this.text), this.at);
  }

  person(id: string): Person | undefined {
    return this.people.get(id);
  }

  async #step(): Promise<void> {
    const ticket = this.#wanted;
    if (this.#steps.length === 0) await this.#try(() => this.#more());
    if (!this.playing || ticket !== this.#wanted || !this.text) return;
    const step = this.#steps.shift();
    if (!step) return this.pause();
    this.text = apply(this.text, tag(step.change, step.by[0] ?? ''));
    this.polls = afterLook(this.polls, step.polls);
    this.at = step.to;
    this.near = false;
    this.made = { at: step.at, by: step.by };
    this.#timer = setTimeout(() => void this.#step(), STEP / this.speed);
  }

  async #more(): Promise<void> {
    if (this.at >= this.head) return;
    const to = Math.min(this.head, this.at + Math.min(PAGE, 40 * this.#grain));
    const { steps } = await this.#source.playback(
      this.at,
      to,
      Math.min(500, Math.ceil((to - this.at) / this.#grain)),
    );
    this.#steps = [...steps];
    this.#know();
  }

  /** How many changes are one step. */
  get #grain(): number {
    return Math.max(1, Math.ceil(this.head / STEPS));
  }

  #know(): void {
    this.people = new Map(this.#source.people);
  }

  async #try(part: () => Promise<void>): Promise<void> {
    try {
      await part();
      this.failed = '';
    } catch (error) {
      this.pause();
      this.failed = error instanceof ApiError ? told(error) : say().wentWrong;
    }
  }
}

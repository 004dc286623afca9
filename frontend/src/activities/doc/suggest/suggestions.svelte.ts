import { SvelteSet } from 'svelte/reactivity';
import { newId } from '../../../lib/net/clock';
import type { Room } from '../../../lib/net/room';
import { toasts } from '../../../ui/toasts.svelte';
import { wordsOf } from '../formula/tex';
import type { Sheet } from '../sheet.svelte';
import { found, type Found } from './marks';
import { settled } from './settled';
import { goesOn } from './suggesting';
import type { Motion, Suggestion } from './told';
import { words } from './words';

/** An open suggestion, with who made it as far as that is known. */
export interface Open extends Found {
  by: Suggestion | null;
}

/** So many are shown beside the text; beyond, the page would become slow. */
const MOST = 200;

/** The suggestions of a document as a person sees them: which is looked at, and where they are on the paper. */
export class Suggestions {
  /** The one that is looked at. */
  active = $state<string | null>(null);
  /** How far down the paper each begins. */
  tops = $state.raw<ReadonlyMap<string, number>>(new Map());

  readonly #sheet: Sheet;
  /** Laid aside without a vote, on a small screen. */
  readonly #aside = new SvelteSet<string>();
  readonly #room: Room;
  readonly #id: string;

  readonly #text = $derived.by(() => {
    void this.#sheet.layout;
    return this.#sheet.text;
  });
  /** The open ones, in the order of the text. */
  readonly open = $derived.by((): readonly Open[] => {
    const known = new Map(this.#sheet.suggestions.map((one) => [one.id, one]));
    const all = this.#text ? found(this.#text, (op) => wordsOf(op).replaceAll('\n', words().line)) : [];
    return all.map((one) => ({ ...one, by: known.get(one.id) ?? null }));
  });
  readonly mine = $derived.by(() => this.open.filter((one) => this.isMine(one)));
  readonly shown = $derived.by(() => this.open.find(({ id }) => id === this.active) ?? null);
  /** The first that waits for the person's vote, and was not laid aside. */
  readonly asks = $derived.by(() => {
    if (!this.votes) return null;
    const waits = ({ id, by }: Open): boolean =>
      !this.#aside.has(id) && by?.motion?.cast.every((one) => one.by !== this.me) === true;
    return this.open.find(waits) ?? null;
  });

  constructor(sheet: Sheet, room: Room, id: string) {
    this.#sheet = sheet;
    this.#room = room;
    this.#id = id;
    sheet.suggester = () => {
      const known = sheet.document.text !== null && sheet.document.phase !== 'gone';
      return known && room.may(id, 'suggest') ? room.member : null;
    };
    sheet.onsuggest = (did, text) => {
      const me = room.member?.id ?? '';
      const voted = new Set(sheet.suggestions.filter(({ motion }) => motion).map(({ id }) => id));
      return goesOn(did, text, me, (id) => !voted.has(id)) ?? `${me}-${newId(5)}`;
    };
  }

  /** The person may suggest here. */
  get may(): boolean {
    void this.#sheet.layout;
    return this.#sheet.suggester() !== null;
  }

  /** The person may accept and reject. */
  get decides(): boolean {
    return this.#sheet.phase === 'open' && this.#room.may(this.#id, 'change');
  }

  get me(): string {
    return this.#room.member?.id ?? '';
  }

  /** The person may vote on what is put to the room. */
  get votes(): boolean {
    return this.#sheet.phase === 'open' && this.#room.may(this.#id, 'vote');
  }

  /** How many are in the room. */
  get people(): number {
    return Math.max(1, this.#room.here.people);
  }

  /** Puts one to the room, which then decides by a rule. */
  async put(id: string, needs: Motion['needs'], votes: number): Promise<void> {
    await this.#room.send(this.#id, 'put', { suggestion: id, needs, votes });
  }

  async vote(id: string, agree: boolean): Promise<void> {
    await this.#room.send(this.#id, 'vote', { suggestion: id, agree });
  }

  /** Takes one back from the room. */
  async recall(id: string): Promise<void> {
    await this.#room.send(this.#id, 'recall', { suggestion: id });
  }

  isMine({ id }: Found): boolean {
    return id.startsWith(`${this.me}-`);
  }

  /** Accepts or rejects some. Who made them withdraws them, which is the same as to reject them. */
  settle(some: readonly Found[], as: 'accepted' | 'rejected' | 'withdrawn'): void {
    const { document, text } = this.#sheet;
    if (!text || some.length === 0) return;
    const ids = new Set(some.map(({ id }) => id));
    document.make(settled(text, (id) => ids.has(id), as === 'accepted' ? 'accepted' : 'rejected'));
    if (this.active && ids.has(this.active)) this.active = null;
    toasts.tell(words()[as](ids.size), () => this.#sheet.undo());
  }

  /** One is not looked at any more, also if it waits for a vote. */
  leave(id: string): void {
    this.#aside.add(id);
    this.active = null;
  }

  /** Goes to one and its place. */
  go(id: string): void {
    this.active = id;
    const at = this.open.find((one) => one.id === id)?.spans[0];
    if (at) this.#sheet.see(at.from);
  }

  /** The person is at a place of the text. True if there is a suggestion. */
  at(index: number): boolean {
    const here = this.open.find(({ spans }) => spans.some(({ from, to }) => from <= index && index <= to));
    this.active = here?.id ?? null;
    return here !== undefined;
  }

  /** The suggestion that an element of the text shows is looked at. True if there is one. */
  press(target: EventTarget | null): boolean {
    const index = target instanceof Element ? this.#sheet.editor?.placeOf(target) : null;
    if (index == null) return false;
    const here = this.open.find(({ spans }) => spans.some(({ from, to }) => from <= index && index < to));
    this.active = here?.id ?? null;
    return here !== undefined;
  }

  /** Looks where they are by now. */
  measure(): void {
    const { editor } = this.#sheet;
    if (!editor) return;
    const tops = this.open.slice(0, MOST).map(({ id, spans }): [string, number] => {
      const { from } = spans[0] ?? { from: 0 };
      return [id, editor.rects(from, from)[0]?.y ?? 0];
    });
    if (tops.some(([id, y]) => this.tops.get(id) !== y) || tops.length !== this.tops.size)
      this.tops = new Map(tops);
  }
}

import {
  acknowledged,
  apply,
  DUE,
  edited,
  heard,
  numbered,
  synced,
  transform,
  type Client,
  type Delta,
} from '../../../lib/delta';

/** How long a change is under way, ms: long enough that two people write at the same time. */
const UNDER_WAY = 400;

/** The order that a server gives, for a document that lives on one page only. */
export class Table {
  readonly #log: Delta[] = [];
  readonly #seats: Seat[] = [];

  sit(seat: Seat): void {
    this.#seats.push(seat);
  }

  /** Takes a change that was made at a revision, and tells everybody what it has become. */
  take(from: Seat, rev: number, change: Delta): void {
    for (const committed of this.#log.slice(rev)) change = transform(change, committed).late;
    this.#log.push(change);
    for (const seat of this.#seats) seat.hear(seat === from, change, this.#log.length);
  }
}

/** One writer: the client of lib/delta over a text. */
export class Seat {
  readonly #table: Table;
  #client: Client = synced(0);
  #text: Delta;
  /** Told of what somebody else has changed in the text. */
  onchange: (change: Delta) => void = () => {};

  constructor(table: Table, text: Delta) {
    this.#table = table;
    this.#text = text;
    table.sit(this);
  }

  get text(): Delta {
    return this.#text;
  }

  /** Tells whether everything is where the others can see it. */
  get saved(): boolean {
    return this.#client.is === 'synced';
  }

  edit(change: Delta): void {
    this.#text = apply(this.#text, change);
    this.#client = edited(this.#client, change);
    this.#send();
  }

  hear(own: boolean, change: Delta, rev: number): void {
    if (own) {
      this.#client = acknowledged(this.#client, rev);
      this.#send();
      this.onchange([]);
      return;
    }
    const told = heard(this.#client, change, rev);
    this.#client = told.client;
    this.#text = apply(this.#text, told.change);
    this.onchange(told.change);
  }

  #send(): void {
    if (this.#client.is === 'synced' || this.#client.n !== DUE) return;
    const { rev, sent } = this.#client;
    this.#client = numbered(this.#client, 1);
    setTimeout(() => this.#table.take(this, rev, sent), UNDER_WAY);
  }
}

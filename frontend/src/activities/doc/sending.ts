import { DUE, type Client, type Delta } from '../../lib/delta';
import type { Room } from '../../lib/net/room';
import type { Command } from '../../lib/net/store';
import { readChanged } from './told';

/** What has been sent is given its newest form when it lags so many revisions behind. */
const LAG = 50;

type Waiting = Exclude<Client, { is: 'synced' }>;

/** The change under way, as the server is asked for it. */
export class Sending {
  /** The revision that it brings back, if it does. */
  restores: number | null = null;
  /** The revision for which it was last given. */
  #given = 0;
  readonly #room: Pick<Room, 'send' | 'amend' | 'unsettled' | 'may'>;
  readonly #id: string;

  constructor(room: Pick<Room, 'send' | 'amend' | 'unsettled' | 'may'>, id: string) {
    this.#room = room;
    this.#id = id;
  }

  /** Goes on with what an earlier page has sent. */
  load(n: number | null): void {
    const command = this.#room.unsettled(this.#id).find((one) => one.n === n);
    const { restores } = command ? (JSON.parse(command.with) as { restores?: number }) : {};
    this.restores = restores ?? null;
  }

  /** Sends a change, and returns its number. Of who may not change the text it is a suggestion, or is refused. */
  send({ rev, sent }: Waiting): number {
    this.#given = rev;
    const name = this.#room.may(this.#id, 'change') ? 'change' : 'suggest';
    return this.#room.send(this.#id, name, this.#content(rev, sent)).n;
  }

  lags(rev: number): boolean {
    return rev - this.#given >= LAG;
  }

  /** It goes out in its newest form if it has to go out again. True if it is under way. */
  amend(client: Client | undefined): boolean {
    if (!client || client.is === 'synced' || client.n === DUE) return false;
    this.#given = client.rev;
    this.#room.amend(client.n, this.#content(client.rev, client.sent));
    return true;
  }

  underWay(n: number): boolean {
    return this.#room.unsettled(this.#id).some((command) => command.n === n);
  }

  #content(base: number, change: Delta): object {
    return { base, change, ...(this.restores === null ? {} : { restores: this.restores }) };
  }
}

/** Tells whether a command is a change of the text. */
export function changes({ do: name }: Command): boolean {
  return name === 'change' || name === 'suggest';
}

/** The change that a command asks for. */
export function changeOf(command: Command): Delta {
  return readChanged({ rev: 0, ...(JSON.parse(command.with) as object) }).change;
}

import type { Room } from '../../lib/net/room';
import { added, risen, tapped, type Counts, type Rising } from './counting';

/** Those who cannot follow, as hosts are told: how many, and the most of each ten seconds of five minutes. */
export interface Lost {
  people: number;
  curve: readonly number[];
}

/** After so long without one, what was tapped is shown no more, ms. */
const QUIET = 3000;

/** The pulse of a room, while somebody shows it: what is tapped, and for hosts how many cannot follow. */
export class LivePulse {
  /** What was tapped until a moment ago. */
  recent = $state.raw<Counts>({});
  rising = $state.raw<readonly Rising[]>([]);
  /** Null until there was anybody, and for those who are no hosts. */
  lost = $state.raw<Lost | null>(null);

  readonly #room: Room;
  #counts: Counts = {};
  #ids = 0;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(room: Room) {
    this.#room = room;
    room.watch('pulse', {
      // What was tapped while this page did not hear it is over.
      open: (view) => {
        this.#counts = (view as { reactions: Counts }).reactions;
        this.lost = null;
      },
      event: () => undefined,
      digest: ({ key, with: content }) => {
        if (key === 'reactions') this.#tapped(content as Counts);
        if (key === 'lost') this.lost = content as Lost;
      },
      gone: () => undefined,
    });
  }

  /** One has risen. */
  over(id: number): void {
    this.rising = this.rising.filter((one) => one.id !== id);
  }

  close(): void {
    clearTimeout(this.#quiet);
    this.#room.unwatch('pulse');
  }

  #tapped(now: Counts): void {
    const more = tapped(this.#counts, now);
    this.#counts = now;
    if (Object.keys(more).length === 0) return;
    this.recent = added(this.recent, more);
    this.rising = risen(this.rising, more, () => ++this.#ids);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => (this.recent = {}), QUIET);
  }
}

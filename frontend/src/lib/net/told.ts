import type { Beat, ServerFrame, Through } from './protocol';

/** What one peer was told through, and whether the server's count agrees. */
export class Told {
  /** Where the newest frame with a mark ended. */
  through: Through | null;
  #frames = 0;

  constructor(through: Through | null) {
    this.through = through;
  }

  /** A connection begins with the answer to its join. */
  joined(epoch: string, frame: ServerFrame): void {
    const { seq, mark } = frame;
    this.through = seq === undefined || mark === undefined ? null : { epoch, seq, mark };
    this.#frames = 0;
  }

  /** Counts a frame; a place is only known together with its mark. */
  frame(frame: ServerFrame): void {
    if (frame.events.length > 0) this.#frames++;
    this.#move(frame.seq, frame.mark);
  }

  /** Tells whether a beat agrees with what came; if not, something was lost or came twice. */
  agrees(beat: Beat): boolean {
    if (beat.frames !== this.#frames || !this.through) return false;
    if (beat.seq < this.through.seq) return false;
    if (beat.seq === this.through.seq && beat.mark !== this.through.mark) return false;
    this.#move(beat.seq, beat.mark);
    return true;
  }

  #move(seq: number | undefined, mark: string | undefined): void {
    if (!this.through || seq === undefined || mark === undefined || seq < this.through.seq) return;
    this.through = { epoch: this.through.epoch, seq, mark };
  }
}

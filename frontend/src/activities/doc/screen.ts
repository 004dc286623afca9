import type { Delta } from '../../lib/delta';
import type { Refusal } from '../../lib/net/protocol';
import type { Shift } from './copy';

/** What shows a document. */
export interface Screen {
  /** Show this text; nothing that was shown before counts. */
  show(text: Delta): void;
  /** The text has changed, and not by this person's hand. */
  shift(shift: Shift): void;
  /** Something beside the text has changed: carets, drafts, the phase. */
  changed(): void;
  /** Something was refused; what was written is among the drafts. */
  refused(refusal: Refusal): void;
}

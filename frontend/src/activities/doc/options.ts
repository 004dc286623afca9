import type { Room } from '../../lib/net/room';
import type { CatchUpOptions } from './catchup';
import type { Shelf } from './shelving';

type RoomPart =
  | 'peer'
  | 'here'
  | 'member'
  | 'epoch'
  | 'watch'
  | 'unwatch'
  | 'send'
  | 'unsettled'
  | 'amend'
  | 'record'
  | 'keep'
  | 'holds'
  | 'signal'
  | 'may';

export interface DocumentOptions extends CatchUpOptions {
  room: Pick<Room, RoomPart>;
  id: string;
  /** Where a copy lies for the time without the server. */
  shelf?: Shelf;
  /** Nobody looks any more and everything is saved. */
  idle(): void;
}

import type { Room } from '../../lib/net/room';
import type { CatchUpOptions } from './catchup';

type RoomPart =
  | 'peer'
  | 'here'
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
  /** Nobody looks any more and everything is saved. */
  idle(): void;
}

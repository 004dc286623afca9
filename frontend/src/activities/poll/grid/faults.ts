import type { Fault } from '../desk/draft';
import { words } from './desk';

/** What is wrong with dates, in words; "" if nothing is. */
export function datesFault(fault: Fault | null): string {
  const { missing, tooMany, twice, badTime, badZone } = words();
  const all: Partial<Record<Fault, string>> = {
    days: missing,
    'many-days': tooMany,
    twice,
    time: badTime,
    zone: badZone,
  };
  return (fault && all[fault]) ?? '';
}

/** What is wrong with a grid beside its question. */
export function rowsFault(fault: Fault | null): 'rows' | 'columns' | 'scale' | null {
  return fault === 'rows' || fault === 'columns' || fault === 'scale' ? fault : null;
}

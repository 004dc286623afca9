import { reactions, type Reaction } from '../../lib/room/pulse';

/** How often each reaction was tapped. */
export type Counts = Partial<Record<Reaction, number>>;

/** A reaction on its way up the screen, so many times. */
export interface Rising {
  id: number;
  is: Reaction;
  times: number;
}

/** So many are on their way at once. */
export const MOST_RISING = 20;
/** So many taps of one telling rise one by one; more of them as one with a number. */
const SINGLY = 3;

/** What was tapped between two countings. */
export function tapped(before: Counts, now: Counts): Counts {
  const more: Counts = {};
  for (const is of reactions) {
    const times = (now[is] ?? 0) - (before[is] ?? 0);
    if (times > 0) more[is] = times;
  }
  return more;
}

/** Both together. */
export function added(one: Counts, other: Counts): Counts {
  const sum: Counts = { ...one };
  for (const is of reactions) {
    const times = other[is];
    if (times) sum[is] = (sum[is] ?? 0) + times;
  }
  return sum;
}

/** Lets taps rise beside what is rising; where there is no room for more, the newest of them counts them too. */
export function risen(rising: readonly Rising[], more: Counts, id: () => number): Rising[] {
  const all = [...rising];
  for (const is of reactions) {
    const times = more[is] ?? 0;
    const each = times > SINGLY ? [times] : Array.from({ length: times }, () => 1);
    for (const part of each) {
      const alike = all.findLastIndex((one) => one.is === is);
      const there = all[alike];
      if (all.length < MOST_RISING) all.push({ id: id(), is, times: part });
      else if (there) all[alike] = { ...there, times: there.times + part };
      else all.splice(0, 1, { id: id(), is, times: part });
    }
  }
  return all;
}

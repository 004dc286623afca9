import { Builder } from './builder';
import { changed, difference, slice } from './difference';
import { isInsert, length, withAttributes, type Delta, type Insert } from './op';
import { Reader } from './reader';

/** A change has so many operations at most, or the server refuses it. */
const MOST = 9000;
/** So many pairs of parts are compared one by one; beyond, only what is there once on both sides counts. */
const PAIRS = 250_000;

/**
 * A change that makes one document of another and keeps what both have in common, line by line and in the
 * lines word by word, so that it says what a reader would say. Both end in a newline, and the change keeps
 * that. It is a change of its own, as somebody makes it now; like any difference it stands for no history.
 */
export function compare(before: Delta, after: Delta): Delta {
  const [a, b] = [lines(before), lines(after)];
  const out = new Writer(before, after);
  let [i, j] = [0, 0];
  for (const [x, y] of [...matches(a, b), [a.length, b.length] as const]) {
    refine(a.slice(i, x), b.slice(j, y), out);
    if (x < a.length) out.keep((a[x] as string).length);
    [i, j] = [x + 1, y + 1];
  }
  out.keep(1);
  const change = out.change();
  return change.length > MOST ? coarse(before, after) : change;
}

/** Everything between the ends that both have in common; the last newline stays. */
function coarse(before: Delta, after: Delta): Delta {
  const body = (document: Delta): Delta => slice(document, 0, length(document) - 1);
  const end = (document: Delta): Insert =>
    slice(document, length(document) - 1, length(document))[0] as Insert;
  const out = new Builder();
  let left = length(before) - 1;
  for (const op of difference(body(before), body(after))) {
    out.push(op);
    if (!isInsert(op)) left -= 'retain' in op ? op.retain : op.delete;
  }
  out.retain(left);
  out.push(withAttributes({ retain: 1 }, changed(end(before).attributes, end(after).attributes)));
  return out.change();
}

/** Compares lines that differ, word by word. */
function refine(a: readonly string[], b: readonly string[], out: Writer): void {
  const [old, now] = [a.flatMap(tokens), b.flatMap(tokens)];
  let [i, j] = [0, 0];
  for (const [x, y] of [...solid(matches(old, now), old), [old.length, now.length] as const]) {
    out.put(size(now.slice(j, y)));
    out.drop(size(old.slice(i, x)));
    if (x < old.length) out.keep((old[x] as string).length);
    [i, j] = [x + 1, y + 1];
  }
}

/** Without spaces that only happen to be in the middle of what differs. */
function solid(pairs: readonly Pair[], parts: readonly string[]): Pair[] {
  const follows = (a: Pair | undefined, b: Pair | undefined): boolean =>
    a !== undefined && b !== undefined && a[0] + 1 === b[0] && a[1] + 1 === b[1];
  return pairs.filter((pair, k) => {
    const space = /^[^\S\n]+$/.test(parts[pair[0]] as string);
    return !space || follows(pairs[k - 1], pair) || follows(pair, pairs[k + 1]);
  });
}

function size(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** Writes a change while it goes through both documents. */
class Writer {
  readonly #old: Reader;
  readonly #now: Reader;
  readonly #out = new Builder();

  constructor(before: Delta, after: Delta) {
    this.#old = new Reader(before);
    this.#now = new Reader(after);
  }

  /** The same text on both sides, perhaps with other formats. */
  keep(n: number): void {
    for (let left = n; left > 0;) {
      const take = Math.min(left, this.#old.left, this.#now.left);
      const [was, is] = [this.#old.take(take) as Insert, this.#now.take(take) as Insert];
      if (typeof is.insert === 'string' || JSON.stringify(is.insert) === JSON.stringify(was.insert)) {
        this.#out.push(withAttributes({ retain: take }, changed(was.attributes, is.attributes)));
      } else {
        this.#out.push(is);
        this.#out.push({ delete: take });
      }
      left -= take;
    }
  }

  put(n: number): void {
    for (let left = n; left > 0;) {
      const take = Math.min(left, this.#now.left);
      this.#out.push(this.#now.take(take));
      left -= take;
    }
  }

  drop(n: number): void {
    for (let left = n; left > 0;) {
      const take = Math.min(left, this.#old.left);
      this.#old.take(take);
      left -= take;
    }
    if (n > 0) this.#out.push({ delete: n });
  }

  change(): Delta {
    return this.#out.change();
  }
}

/** The lines of a document, each with its newline but for the last, which is kept always. */
function lines(document: Delta): string[] {
  const all = document.map((op) => (isInsert(op) && typeof op.insert === 'string' ? op.insert : '\ufffc'));
  return (
    all
      .join('')
      .slice(0, -1)
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  );
}

/** Words, spaces and signs; where words are not set apart, characters. */
function tokens(line: string): string[] {
  return (
    line.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}_'’]+|\n|[^\S\n]+|[^\p{L}\p{N}\p{M}\s]/gu,
    ) ?? []
  );
}

type Pair = readonly [number, number];

/** Pairs of equal parts, in order in both lists. */
function matches(a: readonly string[], b: readonly string[]): Pair[] {
  const found: Pair[] = [];
  walk(a, b, 0, a.length, 0, b.length, found);
  return found;
}

function walk(
  a: readonly string[],
  b: readonly string[],
  i: number,
  m: number,
  j: number,
  n: number,
  found: Pair[],
): void {
  while (i < m && j < n && a[i] === b[j]) found.push([i++, j++]);
  let tail = 0;
  while (i < m - tail && j < n - tail && a[m - 1 - tail] === b[n - 1 - tail]) tail++;
  [m, n] = [m - tail, n - tail];
  if (i < m && j < n) {
    if ((m - i) * (n - j) <= PAIRS) common(a, b, i, m, j, n, found);
    else between(a, b, i, m, j, n, found);
  }
  for (let k = 0; k < tail; k++) found.push([m + k, n + k]);
}

/** Goes on between parts that stand once on both sides; without any, long lists have nothing in common. */
function between(
  a: readonly string[],
  b: readonly string[],
  i: number,
  m: number,
  j: number,
  n: number,
  found: Pair[],
): void {
  const pairs = unique(a, b, i, m, j, n);
  if (pairs.length === 0) return;
  for (const [x, y] of [...pairs, [m, n] as const]) {
    walk(a, b, i, x, j, y, found);
    if (x < m) found.push([x, y]);
    [i, j] = [x + 1, y + 1];
  }
}

/** The longest common part of two short lists. */
function common(
  a: readonly string[],
  b: readonly string[],
  i: number,
  m: number,
  j: number,
  n: number,
  found: Pair[],
): void {
  const wide = n - j + 1;
  const best = new Uint32Array((m - i + 1) * wide);
  for (let x = m - i - 1; x >= 0; x--) {
    for (let y = n - j - 1; y >= 0; y--) {
      best[x * wide + y] =
        a[i + x] === b[j + y]
          ? (best[(x + 1) * wide + y + 1] as number) + 1
          : Math.max(best[(x + 1) * wide + y] as number, best[x * wide + y + 1] as number);
    }
  }
  for (let x = 0, y = 0; x < m - i && y < n - j;) {
    if (a[i + x] === b[j + y]) found.push([i + x++, j + y++]);
    else if ((best[(x + 1) * wide + y] as number) >= (best[x * wide + y + 1] as number)) x++;
    else y++;
  }
}

/** Parts that stand once in each list, as many as are in the same order in both. */
function unique(
  a: readonly string[],
  b: readonly string[],
  i: number,
  m: number,
  j: number,
  n: number,
): Pair[] {
  const places = new Map<string, { x: number; y: number; times: number }>();
  const at = (part: string) => {
    const known = places.get(part) ?? { x: -1, y: -1, times: 0 };
    places.set(part, known);
    return known;
  };
  for (let x = i; x < m; x++) Object.assign(at(a[x] as string), { x, times: at(a[x] as string).times + 1 });
  for (let y = j; y < n; y++) Object.assign(at(b[y] as string), { y, times: at(b[y] as string).times + 1 });
  const pairs = [...places.values()].filter(({ x, y, times }) => x >= 0 && y >= 0 && times === 2);
  return rising(pairs.sort((p, q) => p.x - q.x).map(({ x, y }) => [x, y] as const));
}

/** The longest part of a list of pairs in which the second numbers rise. */
function rising(pairs: readonly Pair[]): Pair[] {
  const ends: number[] = []; // of rising lists by their length, the place of the smallest last pair
  const before: number[] = [];
  pairs.forEach(([, y], k) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] as number] as Pair)[1] < y) low = middle + 1;
      else high = middle;
    }
    before[k] = low > 0 ? (ends[low - 1] as number) : -1;
    ends[low] = k;
  });
  const out: Pair[] = [];
  for (let k = ends.at(-1) ?? -1; k >= 0; k = before[k] as number) out.push(pairs[k] as Pair);
  return out.reverse();
}

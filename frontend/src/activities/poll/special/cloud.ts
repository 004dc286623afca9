import type { Word } from '../answers';

/** A word in its place. Places are of its middle, from the middle of the cloud, in pixels. */
export interface Placed {
  key: string;
  text: string;
  count: number;
  size: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Cloud {
  placed: readonly Placed[];
  /** How large everything is, so that it all fits; it changes in few steps. */
  scale: number;
  area: Area;
}

export interface Area {
  width: number;
  height: number;
}

/** A cloud with more words is a carpet; the others stand in the table. */
const MOST = 80;

const SCALES = [1, 0.8, 0.64, 0.5, 0.4, 0.3, 0.2, 0.1];
const NARROW = 0.92; // of the width is what a word takes at most
const AIR = 1.08;
const ROOM = [1.6, 1.3]; // to grow in, for a new word among few
const FEW = 25;
const CALM = 4; // votes make the largest word: the first ones do not change everything
const STEPS = 900;

export const none: Cloud = { placed: [], scale: 1, area: { width: 0, height: 0 } };

/**
 * Gives every word a place. What has one keeps it and grows there; only who is in the way of a more frequent
 * word goes to the nearest free place. Where a new word begins to look is in the word itself, so that the
 * same words make the same cloud. `measure` is the width of a text at a size of 1.
 */
export function cloud(
  words: readonly Word[],
  before: Cloud,
  area: Area,
  measure: (text: string, count: number) => number,
): Cloud {
  if (area.width < 1 || area.height < 1) return { ...before, area };
  const some = words.slice(0, MOST);
  const known = moved(before, area);
  const at = Math.max(0, SCALES.indexOf(before.scale));
  // A step larger, if there is plenty of room; a step smaller, until all have a place.
  let best: Cloud | null = null;
  for (const scale of SCALES.slice(roomy(before, area) ? Math.max(0, at - 1) : at)) {
    const placed = fill(some, known, area, scale, measure);
    if (!best || placed.length > best.placed.length) best = { placed, scale, area };
    if (placed.length === some.length) break;
  }
  return best ?? { placed: [], scale: 1, area };
}

/** The places of before, in an area that may have another size now. */
function moved({ placed, area: was }: Cloud, area: Area): Map<string, Placed> {
  const [dx, dy] = was.width > 0 ? [area.width / was.width, area.height / was.height] : [1, 1];
  return new Map(placed.map((p) => [p.key, { ...p, x: p.x * dx, y: p.y * dy }]));
}

function roomy({ placed }: Cloud, { width, height }: Area): boolean {
  const used = placed.reduce((sum, p) => sum + p.width * p.height, 0);
  return placed.length > 0 && used < 0.18 * width * height;
}

function fill(
  words: readonly Word[],
  known: Map<string, Placed>,
  area: Area,
  scale: number,
  measure: (text: string, count: number) => number,
): Placed[] {
  const most = Math.max(1, ...words.map((word) => word.count));
  const placed: Placed[] = [];
  // Who is here already comes first: a new word takes nobody's place.
  const has = (word: Word): boolean => known.has(keyOf(word.text));
  for (const { text, count } of [...words.filter(has), ...words.filter((word) => !has(word))]) {
    const key = keyOf(text);
    const wide = measure(text, count);
    const size = Math.min(sizeOf(count, most, area, scale), (NARROW * area.width) / wide);
    const box = { key, text, count, size, width: wide * size, height: size * 1.15 };
    const before = known.get(key);
    const from = before ?? start(key, area, placed.length === 0);
    const tight = before !== undefined || placed.length >= FEW;
    let spot = null;
    for (const air of tight ? [AIR] : [...ROOM, AIR]) spot ??= find(box, from, placed, area, air);
    if (spot) placed.push({ ...box, ...spot });
  }
  return placed;
}

/** In eight steps: a word does not change its size with every vote. */
function sizeOf(count: number, most: number, { width, height }: Area, scale: number): number {
  const step = Math.ceil(8 * Math.sqrt(count / Math.max(most, CALM)));
  const largest = Math.min(0.34 * height, 0.14 * width);
  const least = Math.max(13, 0.05 * height);
  return Math.max(least, least + (largest * scale - least) * (step / 8));
}

/** Where a word looks first: the most frequent one in the middle, each other somewhere around it. */
function start(key: string, { width, height }: Area, first: boolean): { x: number; y: number } {
  if (first) return { x: 0, y: 0 };
  const seed = hash(key);
  const angle = ((seed % 360) / 180) * Math.PI;
  const far = 0.1 + ((seed >>> 9) % 100) / 500;
  return { x: Math.cos(angle) * far * width, y: Math.sin(angle) * far * height };
}

/** The nearest free place, on a spiral; null if there is none. */
function find(
  { key, size, width, height }: Omit<Placed, 'x' | 'y'>,
  from: { x: number; y: number },
  taken: readonly Placed[],
  area: Area,
  air: number,
): { x: number; y: number } | null {
  const [right, low] = [(area.width - width) / 2, (area.height - height) / 2];
  const turn = hash(key) % 7;
  const wide = Math.max(1, Math.min(2.5, area.width / area.height));
  for (let i = 0; i < STEPS; i++) {
    const [angle, far] = [turn + i * 0.4, i * size * 0.012 + (i * area.height) / 1200];
    const x = clamp(from.x + (i ? Math.cos(angle) * far * wide : 0), right);
    const y = clamp(from.y + (i ? Math.sin(angle) * far : 0), low);
    const free = taken.every(
      (t) =>
        Math.abs(t.x - x) * 2 >= (t.width + width) * air ||
        Math.abs(t.y - y) * 2 >= (t.height + height) * (air - 0.1),
    );
    if (free) return { x, y };
  }
  return null;
}

function clamp(at: number, edge: number): number {
  return Math.max(-Math.max(0, edge), Math.min(Math.max(0, edge), at));
}

/** What is the same word for the eye: its spelling may change with the most frequent one. */
export function keyOf(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** A number from a word, the same everywhere. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

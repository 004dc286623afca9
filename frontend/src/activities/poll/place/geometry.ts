import type { Words } from './en';
import type { Asked, Counts, Question } from '../question';

/** The sides of a picture, in which places on it are measured. */
export const SIDE = 10_000;

/** Two numbers: across and down of a pin, across and up of an item between axes. */
export type Pair = readonly [number, number];

/** Tells whether a place is in an area, or on its edge, as on the server: a rectangle, or the corners of a shape. */
export function inArea(area: readonly number[], [x, y]: Pair): boolean {
  const [left = 0, top = 0, right = 0, bottom = 0] = area;
  if (area.length === 4) return x >= left && x <= right && y >= top && y <= bottom;
  let inside = false;
  for (let i = 0; i < area.length; i += 2) {
    const next = (i + 2) % area.length;
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [area[i], area[i + 1], area[next], area[next + 1]];
    const cross = (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
    const along =
      x >= Math.min(x0, x1) && x <= Math.max(x0, x1) && y >= Math.min(y0, y1) && y <= Math.max(y0, y1);
    if (cross === 0 && along) return true;
    if (y0 > y !== y1 > y && cross < 0 !== y1 > y0) inside = !inside;
  }
  return inside;
}

/** A place in an area: the middle of a rectangle, of a shape the middle of its corners or one of them. */
export function inside(area: readonly number[]): Pair {
  const middle = (at: number): number => {
    const all = area.filter((_, i) => i % 2 === at);
    return Math.floor(all.reduce((sum, n) => sum + n, 0) / all.length);
  };
  const found: Pair = [middle(0), middle(1)];
  if (inArea(area, found)) return found;
  // Between the middle of an edge and the middle of another: one of them is inside, but of very odd shapes.
  for (let i = 0; i + 3 < area.length; i += 2)
    for (let k = i + 2; k + 3 < area.length; k += 2) {
      const at = (from: number): number => Math.floor(((area[i + from] ?? 0) + (area[k + from] ?? 0)) / 2);
      if (inArea(area, [at(0), at(1)])) return [at(0), at(1)];
    }
  return [area[0] ?? 0, area[1] ?? 0];
}

/** The places in which a pin counts, as they are named in the counts: areas, or a part of the picture. */
export function fieldsOf({ options }: Question, pin: Pair): string[] {
  if (options.length === 0) {
    const third = (n: number): number => Math.min(3, Math.floor((3 * n) / SIDE) + 1);
    return [`r${third(pin[1])}c${third(pin[0])}`];
  }
  const found = options.filter(({ area }) => area && inArea(area, pin)).map(({ id }) => id);
  return found.length > 0 ? found : ['-'];
}

/** What such a place is called. */
export function fieldName(question: Question, id: string, words: Words): string {
  if (id === '-') return words.elsewhere;
  const part = words.parts[id as keyof Words['parts']];
  return question.options.find((o) => o.id === id)?.text ?? part;
}

/** A place on a picture in a sentence. */
export function saysWhere(question: Question, pin: Pair, words: Words): string {
  const where = words.where(pin[0] / SIDE, pin[1] / SIDE);
  const named =
    question.options.length > 0 ? fieldsOf(question, pin).map((id) => fieldName(question, id, words)) : [];
  return [...named, where].join(', ');
}

/** Where many have placed an item, and how far from there on average. */
export interface Middle {
  people: number;
  x: number;
  y: number;
  spreadX: number;
  spreadY: number;
}

/** What the tally says of an item; null if nobody has placed it. */
export function middle(item: string, counts: Counts): Middle | null {
  const of = (what: string): number => counts[`${item}/${what}`] ?? 0;
  const people = of('n');
  if (people === 0) return null;
  const [x, y] = [of('x') / people, of('y') / people];
  const spread = (squares: string, mean: number): number =>
    Math.sqrt(Math.max(0, of(squares) / people - mean * mean));
  return { people, x, y, spreadX: spread('xx', x), spreadY: spread('yy', y) };
}

/** A number to a tenth. */
export const tenth = (n: number): number => Math.round(10 * n) / 10;

/** How many fields the heat map has in a row. */
export const HEAT = 50;

/** The colours of the heat map, the faintest first: each stands out from what is below and beside it. */
export const SHADES = [
  { fill: '#f5d90a', 'fill-opacity': 0.45 },
  { fill: '#ffb224', 'fill-opacity': 0.55 },
  { fill: '#f76b15', 'fill-opacity': 0.65 },
  { fill: '#e5484d', 'fill-opacity': 0.75 },
  { fill: '#a3122a', 'fill-opacity': 0.85 },
] as const;

/** How far a pin warms the fields around it. */
const WARMTH = [1, 0.8, 0.4, 0.1];

/** The counts of all fields, row by row. */
function unpacked(heat: readonly number[]): number[] {
  return heat.flatMap((n) => (n < 0 ? new Array<number>(-n).fill(0) : [n]));
}

/** Where pins are, as a path of dots in an SVG of HEAT × HEAT. */
export function dots(heat: readonly number[]): string {
  return unpacked(heat)
    .map((n, at) => (n > 0 ? `M${(at % HEAT) + 0.25} ${Math.floor(at / HEAT) + 0.25}h.5v.5h-.5z` : ''))
    .join('');
}

/** The heat map as a path for each shade in an SVG of HEAT × HEAT. */
export function shades(heat: readonly number[]): string[] {
  const warm = blurred(blurred(unpacked(heat), 1), HEAT);
  const most = Math.max(0, ...warm);
  const paths = SHADES.map(() => '');
  warm.forEach((n, at) => {
    const level = Math.ceil((SHADES.length * n) / most - 0.35) - 1;
    if (n > 0 && level >= 0) paths[level] += `M${at % HEAT} ${Math.floor(at / HEAT)}h1v1h-1z`;
  });
  return paths;
}

/** Every field with what warms it along rows (step 1) or columns (step HEAT). */
function blurred(fields: readonly number[], step: number): number[] {
  return Array.from({ length: HEAT * HEAT }, (_, at) => {
    const place = step === 1 ? at % HEAT : Math.floor(at / HEAT);
    let sum = 0;
    for (let by = -WARMTH.length + 1; by < WARMTH.length; by++)
      if (place + by >= 0 && place + by < HEAT)
        sum += (WARMTH[Math.abs(by)] ?? 0) * (fields[at + by * step] ?? 0);
    return sum;
  });
}

/** Who has a pin in each place, in the order of the question. */
export function fields(
  asked: Asked,
  counts: Counts | null,
  words: Words,
): { id: string; name: string; count: number }[] {
  const ids = asked.options.length > 0 ? [...asked.options.map((o) => o.id), '-'] : Object.keys(words.parts);
  return ids.map((id) => ({ id, name: fieldName(asked, id, words), count: counts?.[id] ?? 0 }));
}

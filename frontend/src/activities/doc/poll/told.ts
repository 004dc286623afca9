import { isFileName } from '../../../lib/files/files';
import type { Axis, Option, Picture } from '../../poll/question';
import type { Embed } from '../../../lib/delta';
import { fields, whole } from '../told';

/** Polls in the text of a document: an embed that names a question of a poll of the room, and nothing of it. */
const NAME = /^poll-[0-9a-z]{1,40}\/[0-9a-z]{1,16}$/;

/** The name of the question that an embed shows, as on the server. */
export function pollOf(insert: string | Embed | undefined): string | null {
  if (typeof insert !== 'object' || Object.keys(insert).length !== 1) return null;
  const name = insert['poll'];
  return typeof name === 'string' && NAME.test(name) ? name : null;
}

/** The poll and the question of a name. */
export function parted(name: string): { activity: string; question: string } {
  const [activity = '', question = ''] = name.split('/');
  return { activity, question };
}

/** A question in the text as everybody who may see the document has seen it last. */
export interface Polled {
  poll: string;
  asked: Noted | null;
}

/** A question as it is noted in a document. Its result is there once it is closed and shown. */
export interface Noted {
  kind: string;
  prompt: string;
  options: readonly Option[];
  /** Of a grid; none of every other, and of one with a scale. */
  columns: readonly Option[];
  /** Of dates. */
  zone: string;
  /** Of axes; and what pins are set on. Null of every other. */
  x: Axis | null;
  y: Axis | null;
  picture: Picture | null;
  method: string;
  from: number;
  to: number;
  low: string;
  high: string;
  total: number;
  state: 'draft' | 'open' | 'closed';
  round: number;
  closes: number;
  result: NotedResult | null;
}

export interface NotedResult {
  people: number;
  counts: Readonly<Record<string, number>>;
  points: Readonly<Record<string, number>> | null;
  counted: number | undefined;
}

export function readPolls(value: unknown): readonly Polled[] {
  return list(value).map((one) => {
    const { poll, asked } = fields(one);
    return { poll: word(poll), asked: asked === undefined ? null : readAsked(fields(asked)) };
  });
}

/** What is known of polls after a change that says what was seen of some. Those of which nothing is seen go. */
export function afterLook(before: readonly Polled[], seen: unknown): readonly Polled[] {
  const now = readPolls(seen);
  if (now.length === 0) return before;
  const others = before.filter(({ poll }) => !now.some((one) => one.poll === poll));
  return [...others, ...now.filter(({ asked }) => asked !== null)].sort((a, b) => (a.poll < b.poll ? -1 : 1));
}

function readAsked(a: Record<string, unknown>): Noted {
  const state = a['state'] === 'open' || a['state'] === 'closed' ? a['state'] : 'draft';
  return {
    kind: word(a['kind']),
    prompt: word(a['prompt']),
    options: list(a['options']).map(readOption),
    columns: list(a['columns']).map(readOption),
    zone: word(a['zone']),
    x: readAxis(a['x']),
    y: readAxis(a['y']),
    picture: readPicture(a['picture']),
    method: word(a['method']),
    from: number(a['from']),
    to: number(a['to']),
    low: word(a['low']),
    high: word(a['high']),
    total: number(a['total']),
    state,
    round: number(a['round']),
    closes: number(a['closes']),
    result: a['result'] === undefined ? null : readResult(fields(a['result'])),
  };
}

function readOption(value: unknown): Option {
  const { id, text, date, start, end, area, picture } = fields(value);
  const shown = readPicture(picture);
  const corners = list(area).map(number);
  const when = { date: word(date), start: number(start), end: number(end) };
  return {
    id: word(id),
    text: word(text),
    ...(/^\d{4}-\d\d-\d\d$/.test(when.date) && { date: when.date }),
    ...(corners.length > 0 && { area: corners }),
    ...(shown && { picture: shown }),
    ...(when.start > 0 && when.end > when.start && { start: when.start, end: when.end }),
  };
}

function readAxis(value: unknown): Axis | null {
  if (value === undefined) return null;
  const { title, low, high } = fields(value);
  return { title: word(title), ...(low ? { low: word(low) } : {}), ...(high ? { high: word(high) } : {}) };
}

function readPicture(value: unknown): Picture | null {
  if (value === undefined) return null;
  const { file, alt, width, height } = fields(value);
  return isFileName(file) ? { file, alt: word(alt), width: number(width), height: number(height) } : null;
}

function readResult({ people, counts, points, counted }: Record<string, unknown>): NotedResult {
  return {
    people: whole(people),
    counts: readCounts(counts ?? {}),
    points: points === undefined ? null : readCounts(points),
    counted: counted === undefined ? undefined : whole(counted),
  };
}

function readCounts(value: unknown): Record<string, number> {
  return Object.fromEntries(Object.entries(fields(value)).map(([id, n]) => [id, whole(n)]));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : 0;
}

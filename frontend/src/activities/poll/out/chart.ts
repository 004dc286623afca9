import { letter } from '../../../ui/letters';
import { average, gridded, places, standings, whole, type Asked } from '../question';
import { cloud, hash, none } from '../special/cloud';
import { round, spans, withUnit } from '../special/estimate';
import { Drawing, firstLines, wrapped, type Style } from './draw';
import { INNER, MARGIN, WIDTH, type Tools } from './tools';
import { axes, pins } from './places';
import { table } from './table';

export type { Tools };

const CARDS = 12;

/** The result of a question as an SVG picture: what was asked, the numbers, and under it the lines that are given. */
export function chart(asked: Asked, tools: Tools, below: readonly string[] = []): string {
  const { palette, out, measure } = tools;
  const drawing = new Drawing(WIDTH, MARGIN, measure);
  const title: Style = { size: asked.prompt.length > 120 ? 24 : 32, weight: 650, fill: palette.text };
  drawing.lines(wrapped(asked.prompt, INNER, title, measure), MARGIN, INNER, title);
  const small: Style = { size: 16, fill: palette.muted };
  const about = [out.voted(asked.people), ...(asked.round > 1 ? [out.round(asked.round)] : [])];
  if (asked.state === 'open') about.push(out.open);
  drawing.lines([about.join(' · ')], MARGIN, INNER, small, 1.6);
  drawing.y += 24;
  if (asked.kind === 'words') words(drawing, asked, tools);
  else if (asked.kind === 'wall') wall(drawing, asked, tools);
  else if (asked.kind === 'estimate') estimate(drawing, asked, tools);
  else if (asked.kind === 'rating') rating(drawing, asked, tools);
  else if (asked.kind === 'axes') axes(drawing, asked, tools);
  else if (asked.kind === 'pins') pins(drawing, asked, tools);
  else if (gridded(asked.kind)) table(drawing, asked, tools);
  else bars(drawing, asked, tools);
  if (below.length > 0) drawing.y += 16;
  const strong: Style = { size: 18, weight: 550, fill: palette.text };
  for (const line of below) drawing.lines(wrapped(line, INNER, strong, measure), MARGIN, INNER, strong);
  return drawing.svg(asked.prompt, MARGIN);
}

/** A bar for each option, with its letter, its name and its numbers. */
export function bars(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, speech, voting, special, measure } = tools;
  const counts = standings(asked) ?? {};
  const of = whole(asked);
  const what = {
    points: special.points.averages,
    ranking: asked.method === 'borda' ? voting.shows.points : voting.shows.firsts,
  }[asked.kind as string];
  const small: Style = { size: 16, fill: palette.muted };
  if (what) drawing.lines([what], MARGIN, INNER, small);
  const rows = asked.options.map(({ id, text }, place) => ({ id, text, place, count: counts[id] ?? 0 }));
  if (asked.state === 'closed') rows.sort((a, b) => b.count - a.count || a.place - b.place);
  const right = (asked.key?.right ?? []).map((at) => asked.options[at]?.id);
  const [x, amount] = [MARGIN + 56, 150];
  for (const { id, text, place, count } of rows) {
    const hue = palette.options[place % 12];
    if (!hue) continue;
    const top = drawing.y + 16;
    const isRight = right.includes(id);
    const name: Style = { size: 20, weight: 550, fill: isRight ? palette.ok : palette.text };
    const lines = wrapped(isRight ? `${text} ✓` : text, WIDTH - MARGIN - amount - x, name, measure);
    drawing.rect(MARGIN, top, 40, 40, hue.fill, 8);
    drawing.text(letter(place), MARGIN + 20, top + 27, { size: 20, weight: 650, fill: hue.on }, 'middle');
    drawing.text(
      speech.number(count),
      WIDTH - MARGIN - 64,
      top + 18,
      { size: 20, weight: 650, fill: palette.text },
      'end',
    );
    const share = of > 0 ? count / of : 0;
    drawing.text(speech.share(share), WIDTH - MARGIN, top + 18, { size: 20, fill: palette.muted }, 'end');
    drawing.y = top - 2;
    drawing.lines(lines, x, WIDTH - MARGIN - amount - x, name, 1.2);
    drawing.rect(x, drawing.y + 8, WIDTH - MARGIN - x, 14, palette.sunken, 7);
    if (share > 0) drawing.rect(x, drawing.y + 8, Math.max(6, share * (WIDTH - MARGIN - x)), 14, hue.fill, 7);
    drawing.y += 22;
  }
}

interface Column {
  name: string;
  count: number;
  fill: string;
}

/** A column for each step or span, the highest as high as there is room. */
function columns(drawing: Drawing, all: readonly Column[], most: number, { palette, speech }: Tools): void {
  const high = 260;
  const step = INNER / Math.max(1, all.length);
  const wide = Math.min(80, step * 0.7);
  const ground = drawing.y + 30 + high;
  all.forEach(({ name, count, fill }, at) => {
    const middle = MARGIN + step * (at + 0.5);
    const tall = most > 0 ? (count / most) * high : 0;
    drawing.rect(middle - wide / 2, ground - tall, wide, tall, fill, Math.min(6, tall / 2));
    drawing.text(
      speech.number(count),
      middle,
      ground - tall - 8,
      { size: 18, weight: 650, fill: palette.text },
      'middle',
    );
    drawing.text(name, middle, ground + 24, { size: 16, fill: palette.muted }, 'middle');
  });
  drawing.rect(MARGIN, ground, INNER, 2, palette.muted);
  drawing.y = ground + 34;
}

function rating(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, speech, voting, measure } = tools;
  const counts = asked.counts ?? {};
  const steps = places(asked).map((id) => ({
    name: speech.number(Number(id)),
    count: counts[id] ?? 0,
    fill: palette.accent,
  }));
  columns(drawing, steps, Math.max(...steps.map((s) => s.count)), tools);
  const small: Style = { size: 16, fill: palette.muted };
  const half = INNER / 2 - 16;
  const [low, high] = [wrapped(asked.low, half, small, measure), wrapped(asked.high, half, small, measure)];
  const top = drawing.y;
  drawing.lines(low, MARGIN, half, small);
  const after = drawing.y;
  drawing.y = top;
  for (const line of high) {
    drawing.y += 20.8;
    drawing.text(line, WIDTH - MARGIN, drawing.y - 4.8, small, 'end');
  }
  drawing.y = Math.max(after, drawing.y);
  const mean = average(counts);
  if (mean === null) return;
  drawing.y += 8;
  const bold: Style = { size: 20, weight: 650, fill: palette.text };
  drawing.lines([voting.average(speech.number(Math.round(mean * 10) / 10))], MARGIN, INNER, bold, 1.6);
}

function estimate(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, speech, special } = tools;
  const numbers = asked.answers?.numbers;
  const muted: Style = { size: 18, fill: palette.muted };
  if (!numbers) return drawing.lines([special.number.none], MARGIN, INNER, muted);
  const truth = asked.answers?.truth ?? asked.truth ?? undefined;
  const within = (n: number, from: number): boolean => n >= from && n < from + numbers.width;
  const all = spans(asked, speech, special).map(({ from, count }) => ({
    name: from === -Infinity ? '‹' : speech.number(from),
    count,
    fill: truth !== undefined && within(truth, from) ? palette.ok : palette.accent,
  }));
  columns(drawing, all, Math.max(...all.map((c) => c.count)), tools);
  const said = (n: number): string => withUnit(asked, speech.number(round(n, asked)));
  const { number } = special;
  const facts = [
    `${number.median}: ${said(numbers.median)}`,
    `${number.mean}: ${said(numbers.mean)}`,
    `${number.middle}: ${number.between(speech.number(round(numbers.low, asked)), said(numbers.high))}`,
  ];
  if (truth !== undefined) facts.unshift(`${number.truth}: ${said(truth)}`);
  drawing.y += 12;
  drawing.lines(facts, MARGIN, INNER, { size: 18, weight: 550, fill: palette.text }, 1.5);
}

/** The cloud as the projector lays it out, from nothing. */
function words(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, speech, special, measure, out } = tools;
  const all = asked.answers?.words ?? [];
  const muted: Style = { size: 18, fill: palette.muted };
  if (all.length === 0) return drawing.lines([special.cloud.none], MARGIN, INNER, muted);
  const area = { width: INNER, height: 480 };
  const wide = (text: string, count: number): number =>
    measure(text, 100, 650) / 100 + 0.2 + 0.26 * String(count).length;
  const { placed } = cloud(all, none, area, wide);
  const [x, y] = [WIDTH / 2, drawing.y + area.height / 2];
  for (const word of placed) {
    const hue = palette.options[hash(word.key) % 12];
    const number = speech.number(word.count);
    const tail = measure(number, word.size * 0.4, 550) + word.size * 0.12;
    const left = x + word.x - (measure(word.text, word.size, 650) + tail) / 2;
    const base = y + word.y + word.size * 0.35;
    drawing.text(word.text, left, base, { size: word.size, weight: 650, fill: hue?.ink ?? palette.text });
    drawing.text(
      number,
      x + word.x + (measure(word.text, word.size, 650) + tail) / 2,
      base,
      { size: word.size * 0.4, weight: 550, fill: palette.muted },
      'end',
    );
  }
  drawing.y += area.height;
  const left = Math.max(0, (asked.answers?.of ?? 0) - placed.length);
  if (left > 0) drawing.lines([out.cardsLeft(left)], MARGIN, INNER, muted);
}

/** The newest answers on cards. */
function wall(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, special, measure, out } = tools;
  const all = asked.answers?.cards ?? [];
  const muted: Style = { size: 18, fill: palette.muted };
  if (all.length === 0) return drawing.lines([special.cloud.none], MARGIN, INNER, muted);
  const style: Style = { size: 18, fill: palette.text };
  for (const { text } of all.slice(0, CARDS)) {
    const top = drawing.y;
    drawing.y += 8;
    drawing.lines(firstLines(wrapped(text, INNER - 32, style, measure), 6), MARGIN + 16, INNER - 32, style);
    drawing.frame(MARGIN, top, INNER, drawing.y + 12 - top, palette.line, 8);
    drawing.y += 24;
  }
  const left = Math.max(0, (asked.answers?.of ?? 0) - Math.min(CARDS, all.length));
  if (left > 0) drawing.lines([out.cardsLeft(left)], MARGIN, INNER, muted);
}

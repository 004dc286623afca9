import { letter } from '../../../ui/letters';
import { HEAT, fields, middle, tenth } from '../place/geometry';
import { whole, type Asked } from '../question';
import { wrapped, type Drawing, type Style } from './draw';
import { INNER, MARGIN, WIDTH, type Tools } from './tools';

/** How wide the field between the axes is, and the picture under the heat map, at most. */
const FIELD = 440;
const HIGH = 420;

/** Items between two axes: letters where they are on average, and below what they are. */
export function axes(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, speech, place, measure } = tools;
  const { x = { title: '' }, y = { title: '' }, to, options } = asked;
  const small: Style = { size: 16, fill: palette.muted };
  const strong: Style = { size: 18, weight: 650, fill: palette.text };
  const left = (WIDTH - FIELD) / 2;
  const ends = (axis: { title: string; low?: string; high?: string }): string =>
    axis.low || axis.high ? `${axis.title} (${axis.low || '…'} – ${axis.high || '…'})` : axis.title;
  drawing.lines(wrapped(place.plane(ends(x), ends(y)), INNER, small, measure), MARGIN, INNER, small);
  drawing.y += 20;
  const top = drawing.y;
  drawing.rect(left, top, FIELD, FIELD, palette.sunken, 8);
  drawing.rect(left + FIELD / 2, top, 1, FIELD, palette.muted);
  drawing.rect(left, top + FIELD / 2, FIELD, 1, palette.muted);
  options.forEach(({ id }, n) => {
    const m = middle(id, asked.counts ?? {});
    const hue = palette.options[n % 12];
    if (!m || !hue) return;
    const [at, up] = [left + (m.x / to) * FIELD, top + FIELD - (m.y / to) * FIELD];
    const [wide, high] = [
      Math.max(44, (2 * m.spreadX * FIELD) / to),
      Math.max(44, (2 * m.spreadY * FIELD) / to),
    ];
    drawing.frame(at - wide / 2, up - high / 2, wide, high, hue.ink, Math.min(wide, high) / 2);
    drawing.rect(at - 16, up - 16, 32, 32, hue.fill, 16);
    drawing.text(letter(n), at, up + 6, { size: 18, weight: 650, fill: hue.on }, 'middle');
  });
  drawing.y = top + FIELD + 24;
  options.forEach(({ id, text }, n) => {
    const m = middle(id, asked.counts ?? {});
    const hue = palette.options[n % 12];
    const head = drawing.y;
    if (hue) {
      drawing.rect(MARGIN, head, 32, 32, hue.fill, 6);
      drawing.text(letter(n), MARGIN + 16, head + 22, { size: 17, weight: 650, fill: hue.on }, 'middle');
    }
    const about = m
      ? place.stands(x.title, speech.number(tenth(m.x)), y.title, speech.number(tenth(m.y)))
      : place.notYet;
    const lines = [...wrapped(text, INNER - 48, strong, measure)];
    drawing.y = head;
    drawing.lines(lines, MARGIN + 48, INNER - 48, strong, 1.2);
    drawing.lines([about], MARGIN + 48, INNER - 48, small, 1.3);
    drawing.y = Math.max(drawing.y, head + 32) + 12;
  });
}

/** Pins: where they are, on a field in the shape of the picture, and who has one in which area. */
export function pins(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, speech, place, measure } = tools;
  const small: Style = { size: 16, fill: palette.muted };
  const { picture, answers } = asked;
  const shape = picture ? picture.width / picture.height : 1;
  const high = Math.min(HIGH, FIELD / shape);
  const wide = high * shape;
  const [left, top] = [(WIDTH - wide) / 2, drawing.y + 8];
  drawing.rect(left, top, wide, high, palette.sunken, 8);
  const most = Math.max(1, ...(answers?.heat ?? []));
  let at = 0;
  for (const n of answers?.heat ?? []) {
    if (n < 0) {
      at -= n;
      continue;
    }
    const [column, row] = [at % HEAT, Math.floor(at / HEAT)];
    const side = 0.5 + (0.5 * n) / most;
    const [w, h] = [(side * wide) / HEAT, (side * high) / HEAT];
    drawing.rect(
      left + ((column + 0.5) * wide) / HEAT - w / 2,
      top + ((row + 0.5) * high) / HEAT - h / 2,
      w,
      h,
      n > most / 2 ? palette.err : palette.warn,
    );
    at++;
  }
  drawing.y = top + high + 8;
  if (picture) drawing.lines(wrapped(picture.alt, INNER, small, measure), MARGIN, INNER, small);
  drawing.lines([place.pins(answers?.pins ?? 0)], MARGIN, INNER, small, 1.5);
  drawing.y += 8;
  const of = whole(asked);
  for (const { name, count } of fields(asked, asked.counts, place)) {
    const style: Style = { size: 18, weight: 550, fill: palette.text };
    const share = of > 0 ? count / of : 0;
    const head = drawing.y;
    drawing.text(speech.number(count), WIDTH - MARGIN - 64, head + 20, { ...style, weight: 650 }, 'end');
    drawing.text(speech.share(share), WIDTH - MARGIN, head + 20, { size: 18, fill: palette.muted }, 'end');
    drawing.lines(wrapped(name, INNER - 160, style, measure), MARGIN, INNER - 160, style, 1.2);
    drawing.rect(MARGIN, drawing.y + 6, INNER, 12, palette.sunken, 6);
    if (share > 0) drawing.rect(MARGIN, drawing.y + 6, Math.max(6, share * INNER), 12, palette.accent, 6);
    drawing.y += 28;
  }
}

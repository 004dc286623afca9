/** How wide a text is, in pixels. */
export type Measure = (text: string, size: number, weight: number) => number;

export const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** Measures with a canvas. */
export function measuring(): Measure {
  const pen = document.createElement('canvas').getContext('2d');
  return (text, size, weight) => {
    if (!pen) return 0.6 * size * text.length;
    pen.font = `${weight} ${size}px ${FONT}`;
    return pen.measureText(text).width;
  };
}

export interface Style {
  size: number;
  weight?: number;
  fill: string;
}

/** Breaks a text into lines of a width: between words, between Chinese characters, and within what is too long. */
export function wrapped(
  text: string,
  width: number,
  { size, weight = 400 }: Style,
  measure: Measure,
): string[] {
  return text
    .split('\n')
    .flatMap((paragraph) => broken(paragraph, (line) => measure(line, size, weight) <= width));
}

function broken(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  let cut = 0; // where the line could end, in UTF-16 units; 0: nowhere
  for (const part of graphemes(text)) {
    if (line !== '' && !fits(line + part)) {
      const at = part === ' ' ? line.length : cut || line.length;
      lines.push(line.slice(0, at).trimEnd());
      line = line.slice(at).trimStart();
      cut = 0;
    }
    if (line === '' && part === ' ') continue;
    if (line !== '' && wide.test(part)) cut = line.length;
    line += part;
    if (part === ' ' || part === '-' || wide.test(part)) cut = line.length;
  }
  return [...lines, line.trimEnd()];
}

/** Characters between which a line may end. */
const wide = /^[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/u;

function graphemes(text: string): string[] {
  if (!('Segmenter' in Intl)) return [...text];
  return Array.from(
    new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text),
    (s) => s.segment,
  );
}

/** The first lines, the last of them with three dots if there are more. */
export function firstLines(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most - 1), `${(lines[most - 1] ?? '').replace(/.$/u, '')}…`];
}

/** Tells whether a text runs from right to left, by its first letter. */
export function rightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter);
}

export function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- what XML cannot hold
  const sound = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return sound.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A picture that is being drawn, from above to below. */
export class Drawing {
  readonly width: number;
  readonly measure: Measure;
  /** How far it is drawn. */
  y: number;
  #parts: string[] = [];

  constructor(width: number, margin: number, measure: Measure) {
    this.width = width;
    this.y = margin;
    this.measure = measure;
  }

  rect(x: number, y: number, width: number, height: number, fill: string, radius = 0): void {
    const size = `width="${round(width)}" height="${round(height)}"`;
    this.#parts.push(`<rect x="${round(x)}" y="${round(y)}" ${size} rx="${radius}" fill="${fill}"/>`);
  }

  frame(x: number, y: number, width: number, height: number, stroke: string, radius: number): void {
    const size = `width="${round(width)}" height="${round(height)}"`;
    this.#parts.push(
      `<rect x="${round(x)}" y="${round(y)}" ${size} rx="${radius}" fill="none" stroke="${stroke}"/>`,
    );
  }

  /** One line of text on a baseline. x is its start, middle or end. */
  text(text: string, x: number, y: number, style: Style, anchor: 'start' | 'middle' | 'end' = 'start'): void {
    const { size, weight = 400, fill } = style;
    const rtl = rightToLeft(text);
    // What the end of a line is follows its direction; what we mean does not.
    const side = rtl && anchor !== 'middle' ? (anchor === 'start' ? 'end' : 'start') : anchor;
    const way = rtl ? ' direction="rtl"' : '';
    this.#parts.push(
      `<text x="${round(x)}" y="${round(y)}" font-size="${round(size)}" font-weight="${weight}" fill="${fill}" text-anchor="${side}"${way}>${escaped(text)}</text>`,
    );
  }

  /** Lines of text in a column, below each other; those that run from right to left stand at its right. */
  lines(all: readonly string[], x: number, width: number, style: Style, leading = 1.3): void {
    const rtl = rightToLeft(all.join(' '));
    for (const line of all) {
      this.y += style.size * leading;
      this.text(line, rtl ? x + width : x, this.y - style.size * (leading - 1), style, rtl ? 'end' : 'start');
    }
  }

  /** The whole picture as the text of an SVG file. */
  svg(title: string, margin: number): string {
    const height = Math.ceil(this.y + margin);
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${height}" viewBox="0 0 ${this.width} ${height}" role="img" font-family="${escaped(FONT)}">`;
    const ground = `<rect width="100%" height="100%" fill="#ffffff"/>`;
    return `${head}\n<title>${escaped(title)}</title>\n${ground}\n${this.#parts.join('\n')}\n</svg>\n`;
  }
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}

import { format } from '../../../lib/i18n';
import { count, countable } from '../outcome/counted';
import type { Asked } from '../question';
import { words as grid } from '../grid/words';
import { words as place } from '../place/words';
import { words as special } from '../special/words';
import { words as voting } from '../words';
import { chart } from './chart';
import { measuring } from './draw';
import { verdict } from './facts';
import { palette } from './palette';
import { words } from './words';

/** Lets the person keep a question's chart as a file. It is drawn here, from what the desk shows. */
export async function saveChart(
  code: string,
  activity: string,
  asked: Asked,
  type: 'svg' | 'png',
): Promise<void> {
  const svg = await chartOf(code, activity, asked);
  const blob = type === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await picture(svg);
  const url = URL.createObjectURL(blob);
  keep(url, `${fileName(asked.prompt)}.${type}`);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The chart as the text of an SVG file; of a closed ranking it says who wins. */
export async function chartOf(code: string, activity: string, asked: Asked): Promise<string> {
  const tools = {
    speech: format(),
    out: words(),
    voting: voting(),
    special: special(),
    grid: grid(),
    place: place(),
    palette: palette(),
    measure: measuring(),
  };
  const decides = countable(asked, true) ? (await count(code, activity, asked, true)).results[0] : undefined;
  return chart(asked, tools, verdict(asked, decides));
}

/** The picture in twice its size, so that it is sharp on a slide. */
async function picture(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    await image.decode();
    const scale = Math.min(2, 16_000 / image.naturalHeight); // what browsers can draw on
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** Follows a link to a file, or keeps one that was made here under a name. */
export function keep(url: string, name = ''): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

/** A prompt as every system can have it for the name of a file. */
export function fileName(prompt: string): string {
  const plain = prompt.replace(/[\s\p{C}<>:"/\\|?*]+/gu, ' ').trim();
  const short = [...plain]
    .slice(0, 60)
    .join('')
    .replace(/[. ]+$/, '');
  return short || words().chart(1);
}

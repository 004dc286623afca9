import {
  BorderStyle,
  LevelFormat,
  LineRuleType,
  ShadingType,
  type INumberingOptions,
  type IStylesOptions,
} from 'docx';

/** The styles and lists of a file, by the names that Word and others know them by. */
export const TEXT = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: 'DengXian', cs: 'Arial' };
const CODE = { ascii: 'Consolas', hAnsi: 'Consolas', eastAsia: 'DengXian', cs: 'Courier New' };

/** A step to the right, in twentieths of a point. */
export const STEP = 567;

const heading = (size: number) => ({
  run: { size, bold: true, color: '1F2937', font: TEXT },
  paragraph: { spacing: { before: 280, after: 100 }, keepNext: true },
});

export const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: TEXT, size: 22 },
      paragraph: { spacing: { after: 80, line: 300, lineRule: LineRuleType.AUTO } },
    },
    heading1: heading(36),
    heading2: heading(29),
    heading3: heading(25),
  },
  paragraphStyles: [
    {
      id: 'Quote',
      name: 'Quote',
      basedOn: 'Normal',
      quickFormat: true,
      run: { italics: true, color: '4B5563' },
      paragraph: {
        indent: { start: STEP },
        border: { left: { style: BorderStyle.SINGLE, size: 18, space: 10, color: 'C5CAD3' } },
      },
    },
    {
      id: 'Code',
      name: 'Code',
      basedOn: 'Normal',
      quickFormat: true,
      run: { font: CODE, size: 20 },
      paragraph: {
        spacing: { before: 0, after: 0, line: 264, lineRule: LineRuleType.AUTO },
        shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F1F3F6' },
      },
    },
  ],
  characterStyles: [
    {
      id: 'CodeText',
      name: 'Code Text',
      run: { font: CODE, size: 20, shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F1F3F6' } },
    },
  ],
};

const BULLETS = ['•', '◦', '▪'];
const NUMBERS = [LevelFormat.DECIMAL, LevelFormat.LOWER_LETTER, LevelFormat.LOWER_ROMAN];
const LEVELS = Array.from({ length: 9 }, (_, level) => level);

const levels = (kind: (level: number) => { format: (typeof NUMBERS)[number] | 'bullet'; text: string }) =>
  LEVELS.map((level) => ({
    level,
    ...kind(level),
    style: { paragraph: { indent: { start: STEP * (level + 1), hanging: 340 } } },
  }));

/** A list of boxes has real ones in its lines, and so nothing before them. */
export const LISTS: INumberingOptions = {
  config: [
    {
      reference: 'bullet',
      levels: levels((level) => ({ format: LevelFormat.BULLET, text: BULLETS[level % 3] ?? '•' })),
    },
    {
      reference: 'ordered',
      levels: levels((level) => ({ format: NUMBERS[level % 3] ?? 'decimal', text: `%${level + 1}.` })),
    },
    { reference: 'boxes', levels: levels(() => ({ format: LevelFormat.BULLET, text: '' })) },
  ],
};

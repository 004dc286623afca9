import {
  AlignmentType,
  CheckBox,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type FileChild,
} from 'docx';
import type { Noted } from '../../poll/told';
import { clean, goesLeft } from './letters';
import { MARGINS, RULES, WIDE } from './tables';

const NUMBER = 1300;

/**
 * A poll as it stands in a file: the question, and what was counted as a table with how many people voted and when
 * it was closed; while that is not known, the options with boxes, as on a ballot. Without words, as files have no language.
 */
export function pollBlocks(asked: Noted | null): FileChild[] {
  if (!asked) return [];
  const prompt = clean(asked.prompt)
    .split('\n')
    .map(
      (line) =>
        new Paragraph({
          keepNext: true,
          bidirectional: goesLeft(line),
          children: [new TextRun({ text: line, bold: true })],
        }),
    );
  if (!asked.result) return [...prompt, ...places(asked).map(({ text }) => ballot(text))];
  const { people } = asked.result;
  const foot = `n = ${people} · ${new Date(asked.closes).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const rows = places(asked);
  return [
    ...prompt,
    ...(rows.length > 0 ? [counted(asked, rows)] : []),
    new Paragraph({ children: [new TextRun({ text: foot, italics: true })] }),
  ];
}

function ballot(text: string): Paragraph {
  return new Paragraph({
    numbering: { reference: 'boxes', level: 0 },
    bidirectional: goesLeft(text),
    children: [new CheckBox(box(false)), new TextRun(` ${clean(text)}`)],
  });
}

/** A box that can be checked. */
export function box(checked: boolean) {
  const font = 'Segoe UI Symbol';
  return { checked, checkedState: { value: '2611', font }, uncheckedState: { value: '2610', font } };
}

function counted(asked: Noted, rows: Place[]): Table {
  const shares = rows.some(({ id }) => standing(asked, id)[1] !== '');
  const widths = [WIDE - (shares ? 2 : 1) * NUMBER, NUMBER, ...(shares ? [NUMBER] : [])];
  return new Table({
    width: { size: WIDE, type: WidthType.DXA },
    columnWidths: widths,
    borders: RULES,
    rows: rows.map(({ id, text }) => {
      const [votes, share] = standing(asked, id);
      const cells = [clean(text), votes, ...(shares ? [share] : [])];
      return new TableRow({
        cantSplit: true,
        children: cells.map(
          (cell, i) =>
            new TableCell({
              width: { size: widths[i] ?? NUMBER, type: WidthType.DXA },
              margins: MARGINS,
              children: [
                new Paragraph({
                  spacing: { after: 0 },
                  alignment: i === 0 ? AlignmentType.START : AlignmentType.END,
                  bidirectional: i === 0 && goesLeft(cell),
                  children: [new TextRun(cell)],
                }),
              ],
            }),
        ),
      });
    }),
  });
}

interface Place {
  id: string;
  text: string;
}

/** What a vote can fall on: options, those with the most votes first once they are counted, or the steps of a scale. As on the server. */
function places(asked: Noted): Place[] {
  if (asked.kind !== 'rating') {
    const count = ({ id }: Place): number => votes(asked)[id] ?? 0;
    return asked.result ? [...asked.options].sort((a, b) => count(b) - count(a)) : [...asked.options];
  }
  const steps: Place[] = [];
  for (let n = asked.from; n <= asked.to; n++) {
    const label = n === asked.to ? asked.high : n === asked.from ? asked.low : '';
    steps.push({ id: String(n), text: label ? `${n} ${label}` : String(n) });
  }
  return steps;
}

function inPoints({ kind, method }: Noted): boolean {
  return kind === 'points' || method === 'borda';
}

function votes(asked: Noted): Readonly<Record<string, number>> {
  return (inPoints(asked) ? asked.result?.points : asked.result?.counts) ?? {};
}

/** What was counted for something, and the share where everybody has one vote for it. */
function standing(asked: Noted, id: string): [string, string] {
  const n = votes(asked)[id] ?? 0;
  const people = asked.result?.counted ?? asked.result?.people ?? 0;
  return [String(n), inPoints(asked) || people === 0 ? '' : `${Math.round((100 * n) / people)}%`];
}

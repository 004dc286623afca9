import {
  CheckBox,
  Document,
  ExternalHyperlink,
  HeadingLevel,
  Packer,
  Paragraph,
  Tab,
  TextRun,
  type FileChild,
  type IParagraphOptions,
  type IRunOptions,
  type ParagraphChild,
  type XmlComponent,
} from 'docx';
import type { Delta } from '../../../../lib/delta';
import { imageOf } from '../../picture';
import { pollOf, type Polled } from '../../poll/told';
import type { Suggestion } from '../../suggest/told';
import type { Thread } from '../../talk/threads';
import { box, pollBlocks } from './ballots';
import { Comments } from './comments';
import { clean, goesLeft, hasLeft } from './letters';
import { formulaOf } from '../../formula/tex';
import { blockOf, depthOf, linesOf, type Line, type Piece } from './lines';
import { LISTS, STEP, STYLES } from './look';
import { Pictures } from './pictures';
import { ended, table, tableOf } from './tables';
import { Tracking, textRun, thing } from './tracked';

/** A document as it goes into a file. */
export interface Paper {
  title: string;
  text: Delta;
  threads: readonly Thread[];
  suggestions: readonly Suggestion[];
  polls: readonly Polled[];
}

export interface Ways {
  /** Where links to places of this server lead. */
  origin: string;
  /** Who has made a suggestion of which that is not known. */
  somebody: string;
  /** The bytes of a picture; null if it is not there. */
  picture(file: string): Uint8Array | null;
}

export interface Written {
  file: ArrayBuffer;
  /** How many pictures are not in it. */
  missing: number;
}

/** Writes a document as a Word file. */
export async function write(paper: Paper, ways: Ways): Promise<Written> {
  const lines = linesOf(paper.text);
  const page = new Page(paper, ways, new Pictures(lines, ways.picture));
  for (let i = 0; i < lines.length;) {
    const name = tableOf(lines[i]!);
    let end = i + 1;
    if (name !== '') while (end < lines.length && tableOf(lines[end]!) === name) end++;
    if (name === '') page.add(lines[i]!, end === lines.length);
    else page.table(lines.slice(i, end), end === lines.length);
    i = end;
  }
  const document = new Document({
    title: clean(paper.title),
    creator: '',
    lastModifiedBy: '',
    styles: STYLES,
    numbering: LISTS,
    ...(page.comments.all.length > 0 && { comments: { children: page.comments.all } }),
    sections: [{ children: page.blocks }],
  });
  return { file: await Packer.toArrayBuffer(document), missing: page.pictures.missing };
}

/** The lines of a document, as the paragraphs and tables of a file. */
class Page {
  blocks: FileChild[] = [];
  readonly comments: Comments;
  readonly pictures: Pictures;
  readonly #tracking: Tracking;
  readonly #polls: ReadonlyMap<string, Polled>;
  readonly #ways: Ways;
  /** Counts the numbered lists: after a line that is in no list, the next begins at 1. */
  #list = 0;

  constructor(paper: Paper, ways: Ways, pictures: Pictures) {
    this.comments = new Comments(paper.threads, paper.text);
    this.pictures = pictures;
    this.#tracking = new Tracking(paper.suggestions, ways.somebody);
    this.#polls = new Map(paper.polls.map((one) => [one.poll, one]));
    this.#ways = ways;
  }

  /** A poll has blocks of its own; what stands beside it in its line has paragraphs before and after it. */
  add(line: Line, last: boolean): void {
    let children: XmlComponent[] = [];
    let [open, polled] = [false, false];
    for (const piece of line.pieces) {
      const poll = pollOf(piece.insert);
      children.push(...this.comments.begins(piece.from));
      if (poll === null) {
        children.push(...this.#runs(piece, line));
        open = true;
      } else {
        if (open) this.#paragraph(line, children);
        this.blocks.push(...pollBlocks(this.#polls.get(poll)?.asked ?? null));
        [children, open, polled] = [open ? [] : children, false, true];
      }
      children.push(...this.comments.ends(piece.to));
    }
    if (last) children.push(...this.comments.last());
    if (open || !polled || children.length > 0) this.#paragraph(line, children);
  }

  /** Two tables with nothing between them would be one. */
  table(lines: readonly Line[], last: boolean): void {
    const before = this.blocks;
    const written = (line: Line): FileChild[] => {
      this.blocks = [];
      this.add(line, false);
      return this.blocks;
    };
    const made = table(lines, written);
    this.blocks = [...(before.length > 0 ? ended(before) : []), made];
    if (last) this.blocks.push(new Paragraph({ children: this.comments.last() as ParagraphChild[] }));
  }

  #paragraph(line: Line, children: XmlComponent[]): void {
    const { insertion, deletion } = this.#tracking.of(line.attributes);
    const said = line.pieces.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
    const list = blockOf(line) === 'list' ? String(line.attributes['list']) : '';
    const checks = list === 'checked' || list === 'unchecked';
    this.blocks.push(
      new Paragraph({
        ...this.#look(line, list, checks),
        bidirectional: goesLeft(said),
        ...((insertion ?? deletion) && {
          run: { ...(insertion && { insertion }), ...(deletion && { deletion }) },
        }),
        children: [
          ...(checks ? [new CheckBox(box(list === 'checked')), new TextRun(' ')] : []),
          ...children,
        ] as ParagraphChild[],
      }),
    );
  }

  #look(line: Line, list: string, checks: boolean): IParagraphOptions {
    const depth = depthOf(line);
    const inside = depth > 0 ? { indent: { start: STEP * depth } } : {};
    if (!list) this.#list++;
    switch (blockOf(line)) {
      case 'list': {
        const reference = checks ? 'boxes' : list;
        return { numbering: { reference, level: depth, instance: list === 'ordered' ? this.#list : 0 } };
      }
      case 'header':
        return { heading: HEADINGS[Number(line.attributes['header'])] ?? HeadingLevel.HEADING_3, ...inside };
      case 'blockquote':
        return { style: 'Quote', ...(depth > 0 && { indent: { start: STEP * (depth + 1) } }) };
      case 'code-block':
        return { style: 'Code', ...inside };
      default:
        return inside;
    }
  }

  #runs(piece: Piece, line: Line): XmlComponent[] {
    const { insert, attributes } = piece;
    const changes = this.#tracking.of(attributes);
    const link = this.#link(attributes['link']);
    const plain = blockOf(line) === 'code-block';
    if (typeof insert !== 'string') {
      const tex = formulaOf(insert);
      if (tex !== null) return [textRun({ text: clean(tex), ...(!plain && { style: 'CodeText' }) }, changes)];
      if (imageOf(insert) === null) return [];
      const picture = this.pictures.run(piece);
      const words = `[${clean(String(attributes['alt'] ?? '')) || '…'}]`;
      return [picture ? thing(picture, changes) : textRun({ text: words, italics: true }, changes)];
    }
    const run: IRunOptions = {
      children: tabbed(clean(insert)),
      ...(hasLeft(insert) && { rightToLeft: goesLeft(insert) }),
      ...(!plain && {
        ...(attributes['bold'] && { bold: true }),
        ...(attributes['italic'] && { italics: true }),
        ...(attributes['strike'] && { strike: true }),
        ...(attributes['underline'] && { underline: {} }),
        ...(attributes['code'] && { style: 'CodeText' }),
        ...(link && !attributes['code'] && { style: 'Hyperlink' }),
      }),
    };
    const written = textRun(run, changes);
    return [link && !plain ? new ExternalHyperlink({ link, children: [written as TextRun] }) : written];
  }

  /** Where a link leads outside of the room; a place within the text is none of the file. */
  #link(link: unknown): string | null {
    if (typeof link !== 'string' || link.startsWith('#')) return null;
    return link.startsWith('/') ? this.#ways.origin + link : link;
  }
}

const HEADINGS: Record<number, (typeof HeadingLevel)[keyof typeof HeadingLevel]> = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
};

/** Text with its tabs as the elements that Word has for them. */
function tabbed(text: string): (string | Tab)[] {
  return text.split('\t').flatMap((part, i) => [...(i > 0 ? [new Tab()] : []), ...(part ? [part] : [])]);
}

import { commentsOf, type WordComment } from './remarks';
import { BadFile } from './trouble';
import { attribute, localOf, plain, quoted, tags, type Tag } from './xml';
import type { Zip } from './zip';

/** Bytes of XML at most: what is read of it takes the memory of some eighty times as much. */
export const MOST_XML = 16 << 20;

/** What a Word file has and a document has not. */
export interface Left {
  /** Changes that Word keeps track of: they are in the text as if they were accepted. */
  changes: number;
  pictures: number;
  formulas: number;
  /** Charts, embedded files and the like. */
  others: number;
  /** What stands at the top or the foot of its pages. */
  margins: boolean;
}

export interface Parts {
  /** What the reader of Word files is given, and nothing else. */
  kept: Map<string, Uint8Array>;
  comments: WordComment[];
  left: Left;
}

interface Relation {
  id: string;
  type: string;
  target: string;
  outside: boolean;
}

/** How the ends of a comment's passage are called in what is read: as places that links lead to. */
export const BEGINS = 'plenum-begins-';
export const ENDS = 'plenum-ends-';

/** How the source of a picture begins. */
export const PICTURE = 'word-picture:';

const TEXTS = ['footnotes', 'endnotes'];
const NEEDED = ['styles', 'numbering', 'image', ...TEXTS];

/** Looks through a ZIP for the parts of a Word document, and leaves out all that a document has no use for. */
export async function partsOf(zip: Zip): Promise<Parts> {
  const kept = new Map<string, Uint8Array>();
  let xmls = 0;
  const read = async (name: string): Promise<string> => {
    if ((xmls += zip.size(name)) > MOST_XML) throw new BadFile('tangled');
    return decoded(await zip.read(name));
  };
  const keep = (name: string, xml: string): void => void kept.set(name, new TextEncoder().encode(xml));

  if (!zip.has('[Content_Types].xml') || !zip.has('_rels/.rels')) throw new BadFile('other');
  const types = await read('[Content_Types].xml');
  check(types);
  keep('[Content_Types].xml', types);
  const top = relations(await read('_rels/.rels'));
  const main = resolved(
    '',
    top.find(({ type, outside }) => type === 'officeDocument' && !outside)?.target ?? '',
  );
  if (!zip.has(main) || !/wordprocessingml|ms-word/.test(types)) throw new BadFile('other');
  keep('_rels/.rels', written(top.filter(({ type }) => type === 'officeDocument')));

  const looked = looking();
  const all = zip.has(relsOf(main)) ? relations(await read(relsOf(main))) : [];
  const near = all.filter(({ type, outside }) => (outside ? type === 'hyperlink' : NEEDED.includes(type)));
  keep(relsOf(main), written(near));
  keep(main, rewritten(await read(main), looked, near));
  const images = new Set<string>();
  for (const { type, target, outside } of near) {
    const name = resolved(main, target);
    if (outside || !zip.has(name) || kept.has(name)) continue;
    if (type === 'image') {
      images.add(name);
      continue;
    }
    if (!TEXTS.includes(type)) {
      keep(name, rewritten(await read(name)));
      continue;
    }
    const own = zip.has(relsOf(name)) ? relations(await read(relsOf(name))) : [];
    const links = own.filter((one) => one.outside && one.type === 'hyperlink');
    keep(relsOf(name), written(links));
    keep(name, rewritten(await read(name), looked, links));
  }
  for (const name of images) kept.set(name, await zip.read(name));

  const part = async (kind: string): Promise<string> => {
    const found = all.find(({ type, outside }) => type === kind && !outside);
    const name = found ? resolved(main, found.target) : '';
    return zip.has(name) ? read(name) : '';
  };
  const comments = commentsOf(await part('comments'), await part('commentsExtended'));
  return { kept, comments, left: looked.left };
}

function decoded(bytes: Uint8Array): string {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(wide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
}

function check(xml: string): void {
  for (const _ of tags(xml)) void _;
}

function relations(xml: string): Relation[] {
  return [...tags(xml)]
    .filter(({ name, is }) => localOf({ name }) === 'Relationship' && is !== 'end')
    .map((tag) => ({
      id: attribute(tag, 'Id'),
      type: attribute(tag, 'Type').split('/').at(-1) ?? '',
      target: attribute(tag, 'Target'),
      outside: attribute(tag, 'TargetMode').toLowerCase() === 'external',
    }));
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/';

function written(some: readonly Relation[]): string {
  const each = some.map(({ id, type, target, outside }) => {
    const mode = outside ? ' TargetMode="External"' : '';
    return `<Relationship Id="${quoted(id)}" Type="${TYPES}${quoted(type)}" Target="${quoted(target)}"${mode}/>`;
  });
  const space = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return `<?xml version="1.0"?><Relationships xmlns="${space}">${each.join('')}</Relationships>`;
}

/** The name of a part that another one names: from the top, or from the folder of the other. */
export function resolved(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const out = from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') out.pop();
    else if (step !== '.') out.push(step);
  }
  return out.join('/');
}

function relsOf(part: string): string {
  const at = part.lastIndexOf('/') + 1;
  return `${part.slice(0, at)}_rels/${part.slice(at)}.rels`;
}

interface Looking {
  left: Left;
  see: (tag: Tag) => void;
}

/** Notes what of a text a document has not. */
function looking(): Looking {
  const left: Left = { changes: 0, pictures: 0, formulas: 0, others: 0, margins: false };
  let change = '';
  const see = (tag: Tag): void => {
    if (tag.is === 'end') return;
    const { rest } = tag;
    switch (localOf(tag)) {
      case 'ins':
      case 'del':
      case 'moveFrom':
      case 'moveTo': {
        // What a person has changed at one time may be in many pieces.
        const one = `${/author\s*=\s*"[^"]*"/.exec(rest)?.[0]} ${/date\s*=\s*"[^"]*"/.exec(rest)?.[0]}`;
        if (one !== change) left.changes++;
        change = one;
        break;
      }
      case 'oMath':
        left.formulas++;
        break;
      case 'chart':
      case 'object':
      case 'altChunk':
      case 'relIds':
        left.others++;
        break;
      case 'headerReference':
      case 'footerReference':
        left.margins = true;
    }
  };
  return { left, see };
}

/** What stands for something else by the name of a relation. */
const POINTS = ['blip', 'imagedata', 'hyperlink'];

/**
 * A part whose tags were all looked at, with the ends of comments as places that links could lead to. What stands
 * for something that was not kept stands for nothing.
 */
function rewritten(xml: string, looked?: Looking, near: readonly Relation[] = []): string {
  const known = new Set(near.map(({ id }) => id));
  const out: string[] = [];
  let at = 0;
  for (const tag of tags(xml)) {
    looked?.see(tag);
    const points = POINTS.includes(localOf(tag));
    const made = tag.is === 'end' ? null : points ? pointing(tag, known) : marking(tag);
    if (made === null) continue;
    if (looked && points && localOf(tag) !== 'hyperlink') looked.left.pictures++;
    out.push(xml.slice(at, tag.from), made);
    at = tag.to;
  }
  return out.join('') + xml.slice(at);
}

/** A tag in the place of one that stands for what is not there; null if it is, or none is named. */
function pointing(tag: Tag, known: ReadonlySet<string>): string | null {
  const ids = [...tag.rest.matchAll(/:(?:id|embed|link)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  if (ids.every(([, one, other]) => known.has(plain(one ?? other ?? '')))) return null;
  return tag.is === 'whole' ? `<${tag.name}/>` : `<${tag.name}>`;
}

/** A place in the place of an end of a comment's passage; null if a tag is none. */
function marking({ name, is, rest }: Tag): string | null {
  const local = localOf({ name });
  if (local !== 'commentRangeStart' && local !== 'commentRangeEnd') return null;
  const id = /:id\s*=\s*["'](\d{1,9})["']/.exec(rest)?.[1];
  if (id === undefined) return null;
  const space = name.slice(0, name.length - local.length);
  const place = (local === 'commentRangeStart' ? BEGINS : ENDS) + id;
  const tag = `<${space}bookmarkStart ${space}id="c${id}" ${space}name="${place}"/>`;
  return is === 'whole' ? tag : `${tag}<${name}>`;
}

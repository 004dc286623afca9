import { tidyLink } from '../../link';
import { BEGINS, ENDS, PICTURE } from './parts';

/** A picture of a file, as it is in the room. */
export interface Stored {
  hash: string;
  width: number;
  height: number;
}

/** Where a comment's passage is: how many letters are before its ends. Spaces are not counted. */
export interface Place {
  from: number;
  to: number;
}

/** What is given to the server, which reads it as it reads every web page, and lets in what documents have. */
export interface Cleaned {
  html: string;
  /** All that can be read, without spaces. */
  letters: string;
  /** By the number of the comment. */
  places: ReadonlyMap<number, Place>;
}

/** Makes of what the reader of Word files says a page as the server knows them. Nothing of it is ever in our own page. */
export function cleaned(html: string, pictures: readonly (Stored | null)[]): Cleaned {
  const page = new DOMParser().parseFromString(html, 'text/html');
  notes(page);
  boxes(page);
  for (const image of page.querySelectorAll('img')) place(image, pictures);
  const found = places(page);
  for (const line of page.querySelectorAll('p')) lined(line);
  return { html: `<div style="white-space:pre-wrap">${page.body.innerHTML}</div>`, ...found };
}

/** Links within the file, and those that documents do not have, lead nowhere: their words stay. So do footnotes, at the end. */
function notes(page: Document): void {
  for (const link of page.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? '';
    if (!href.startsWith('#') && tidyLink(href) === null) link.replaceWith(...link.childNodes);
  }
  for (const link of page.querySelectorAll('a[href^="#"]')) {
    if (link.textContent === '↑') link.remove();
    else link.replaceWith(...link.childNodes);
  }
  for (const note of page.querySelectorAll('li[id^="footnote-"], li[id^="endnote-"]')) {
    note.normalize();
    for (const text of [note.firstElementChild?.firstChild, note.lastElementChild?.lastChild])
      if (text?.nodeType === Node.TEXT_NODE) text.textContent = (text.textContent ?? '').trim();
  }
}

/** A box at the beginning of a line makes it one of a list of boxes; others are signs. */
function boxes(page: Document): void {
  for (const box of page.querySelectorAll('input')) {
    const line = box.parentElement;
    const first = !box.previousSibling && (line?.nodeName === 'LI' || line?.nodeName === 'P');
    if (!line || !first) {
      box.replaceWith(box.hasAttribute('checked') ? '☑' : '☐');
      continue;
    }
    const text = box.nextSibling;
    if (text?.nodeType === Node.TEXT_NODE) text.textContent = (text.textContent ?? '').trimStart();
    if (line.nodeName === 'LI') continue;
    if (line.parentElement?.nodeName === 'LI') {
      line.replaceWith(...line.childNodes);
      continue;
    }
    const item = page.createElement('li');
    item.append(...line.childNodes);
    const list = page.createElement('ul');
    list.append(item);
    line.replaceWith(list);
  }
}

function place(image: HTMLImageElement, pictures: readonly (Stored | null)[]): void {
  const source = image.getAttribute('src') ?? '';
  const picture = source.startsWith(PICTURE) ? pictures[Number(source.slice(PICTURE.length))] : null;
  const alt = image.getAttribute('alt') ?? '';
  if (!picture) return image.replaceWith(alt ? `[${alt}]` : '');
  image.setAttribute('src', `files/${picture.hash}`);
  image.setAttribute('width', String(picture.width));
  image.setAttribute('height', String(picture.height));
}

/** Takes the ends of comments out, and tells between which letters they were. */
function places(page: Document): { letters: string; places: Map<number, Place> } {
  const out = new Map<number, Place>();
  let letters = '';
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) letters += lettersOf(node.textContent ?? '');
    const id = node.nodeName === 'A' ? (node as Element).id : '';
    const begins = id.startsWith(BEGINS);
    const at = letters.length;
    if (begins) out.set(Number(id.slice(BEGINS.length)), { from: at, to: at });
    if (id.startsWith(ENDS)) {
      const of = out.get(Number(id.slice(ENDS.length)));
      if (of) of.to = at;
    }
    for (const child of node.childNodes) walk(child);
  };
  walk(page.body);
  for (const end of page.querySelectorAll(`a[id]`)) {
    if (end.id.startsWith(BEGINS) || end.id.startsWith(ENDS)) end.replaceWith(...end.childNodes);
  }
  return { letters, places: out };
}

export function lettersOf(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A paragraph of Word is a line of a document: without space around it, and also if nothing is in it. */
function lined(paragraph: Element): void {
  const line = paragraph.ownerDocument.createElement('div');
  line.append(...paragraph.childNodes);
  if (!line.firstChild) line.append(paragraph.ownerDocument.createElement('br'));
  paragraph.replaceWith(line);
}

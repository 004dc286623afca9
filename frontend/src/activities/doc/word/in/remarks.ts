import { attribute, localOf, plain, tags, type Tag } from './xml';

/** A comment of a Word file, with its replies in their order. */
export interface WordComment {
  id: number;
  author: string;
  /** As the file says it; '' if it does not. */
  date: string;
  text: string;
  resolved: boolean;
  replies: WordComment[];
}

interface Found extends WordComment {
  /** By which the thread knows it: its last paragraph. */
  paragraph: string;
}

/** So many are read. */
const MOST = 2000;

/** The comments of a file: the part with their words, and the one that says which answers which. */
export function commentsOf(words: string, threads: string): WordComment[] {
  if (words === '') return [];
  const found = read(words).slice(0, MOST);
  const byParagraph = new Map(found.map((one) => [one.paragraph, one]));
  const replies = new Set<Found>();
  for (const tag of tags(threads)) {
    if (localOf(tag) !== 'commentEx' || tag.is === 'end') continue;
    const one = byParagraph.get(of(tag, 'paraId'));
    const above = of(tag, 'paraIdParent');
    const parent = above === '' ? undefined : byParagraph.get(above);
    if (!one) continue;
    one.resolved = of(tag, 'done') === '1';
    if (!parent || parent === one || replies.has(parent)) continue;
    replies.add(one);
    parent.replies.push(one);
  }
  return found.filter((one) => !replies.has(one));
}

function read(xml: string): Found[] {
  const all: Found[] = [];
  let now: Found | null = null;
  let text = -1;
  for (const tag of tags(xml)) {
    const name = localOf(tag);
    if (name === 'comment' && tag.is === 'start')
      now = {
        id: Number(of(tag, 'id')),
        author: of(tag, 'author'),
        date: of(tag, 'date'),
        text: '',
        resolved: false,
        replies: [],
        paragraph: '',
      };
    if (!now) continue;
    if (name === 'p' && tag.is !== 'end') {
      if (now.text !== '') now.text += '\n';
      now.paragraph = of(tag, 'paraId');
    }
    if (name === 't' && tag.is === 'start') text = tag.to;
    if (name === 't' && tag.is === 'end' && text >= 0) {
      now.text += plain(xml.slice(text, tag.from));
      text = -1;
    }
    if (name === 'tab' && tag.is === 'whole') now.text += '\t';
    if (name === 'br' && tag.is === 'whole') now.text += '\n';
    if (name === 'comment' && tag.is === 'end') {
      now.text = now.text.trim();
      all.push(now);
      now = null;
    }
  }
  return all;
}

/** An attribute, whatever its space is called. */
function of(tag: Tag, name: string): string {
  const key = new RegExp(`([^\\s=:]+:)?\\b${name}(?=\\s*=)`).exec(tag.rest)?.[0];
  return key ? attribute(tag, key) : '';
}

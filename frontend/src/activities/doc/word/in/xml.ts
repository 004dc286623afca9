import { BadFile } from './trouble';

/** A tag of XML: how it begins or ends an element, and where it stands. */
export interface Tag {
  name: string;
  is: 'start' | 'end' | 'whole';
  /** All that stands in it after its name. */
  rest: string;
  from: number;
  to: number;
}

/** So deep may elements be in each other. */
const DEEP = 250;

/**
 * The tags of a part, one after the other; what is between them is not looked at. Declarations of its own have
 * no place in a Word file: they are how a small file becomes a large one, or reads what lies elsewhere.
 */
export function* tags(xml: string): Generator<Tag> {
  let depth = 0;
  let at = xml.indexOf('<');
  while (at >= 0) {
    if (xml.startsWith('<!--', at)) at = after(xml, '-->', at + 4);
    else if (xml.startsWith('<![CDATA[', at)) at = after(xml, ']]>', at + 9);
    else if (xml.startsWith('<?', at)) at = after(xml, '?>', at + 2);
    else if (xml.startsWith('<!', at)) throw new BadFile('trap');
    else {
      const to = endOf(xml, at);
      const end = xml[at + 1] === '/';
      const whole = xml[to - 2] === '/';
      const inner = xml.slice(at + (end ? 2 : 1), to - (whole ? 2 : 1));
      const [name = ''] = /^[^\s/]+/.exec(inner) ?? [];
      yield {
        name,
        is: end ? 'end' : whole ? 'whole' : 'start',
        rest: inner.slice(name.length),
        from: at,
        to,
      };
      depth += end ? -1 : whole ? 0 : 1;
      if (depth > DEEP) throw new BadFile('tangled');
      at = to;
    }
    at = xml.indexOf('<', at);
  }
}

/** Where a tag ends; a > in quotes is none of it. */
function endOf(xml: string, at: number): number {
  for (let i = at + 1; i < xml.length; i++) {
    const c = xml[i];
    if (c === '>') return i + 1;
    if (c === '"' || c === "'") {
      i = xml.indexOf(c, i + 1);
      if (i < 0) break;
    }
  }
  throw new BadFile('broken');
}

function after(xml: string, sign: string, from: number): number {
  const at = xml.indexOf(sign, from);
  if (at < 0) throw new BadFile('broken');
  return at + sign.length;
}

/** The name of a tag, whatever its space is called. */
export function localOf({ name }: Pick<Tag, 'name'>): string {
  return name.slice(name.indexOf(':') + 1);
}

/** An attribute of a tag; '' if it has none of that name. */
export function attribute({ rest }: Tag, name: string): string {
  for (const [, key, , double, single] of rest.matchAll(/([^\s=]+)\s*=\s*("([^"]*)"|'([^']*)')/g))
    if (key === name) return plain(double ?? single ?? '');
  return '';
}

const NAMES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text of XML as it is meant. */
export function plain(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (all, hex, decimal, name: string | undefined) => {
      if (name) return NAMES[name] ?? '';
      const code = parseInt(hex ?? decimal, hex ? 16 : 10);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
        ? String.fromCodePoint(code)
        : '';
    },
  );
}

/** Text as an attribute of XML. */
export function quoted(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? '');
}

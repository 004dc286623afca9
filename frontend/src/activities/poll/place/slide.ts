import { parse, type Block, type Inline } from '../../chat/markup';
import { h, type Child } from '../../../vote/dom';
import type { Asked } from '../question';
import type { Scene } from '../voting/scene';
import { image } from './pins';

/** A slide: its title, its text and its picture. */
export function slide(scene: Scene, { prompt, text = '', picture }: Asked): Child {
  return h(
    'article',
    { class: 'slide-page' },
    h('h2', { dir: 'auto' }, prompt),
    picture !== undefined && image(scene, picture),
    h('div', { class: 'marked' }, ...parse(text).map(block)),
  );
}

function block(of: Block): Child {
  switch (of.is) {
    case 'text':
      return h('p', { dir: 'auto' }, ...of.inner.map(words));
    case 'code':
      return h('pre', { dir: 'ltr' }, of.text);
    case 'quote':
      return h('blockquote', {}, ...of.blocks.map(block));
    case 'list': {
      const items = of.items.map((item) => h('li', {}, ...item.map(words)));
      return of.start === null
        ? h('ul', { dir: 'auto' }, ...items)
        : h('ol', { dir: 'auto', start: of.start }, ...items);
    }
  }
}

function words(of: Inline): Child {
  if (typeof of === 'string') return of;
  switch (of.is) {
    case 'code':
      return h('code', { dir: 'ltr' }, of.text);
    case 'mention':
      return `@${of.name}`;
    case 'link':
      return h(
        'span',
        {},
        h(
          'a',
          { href: of.href, target: '_blank', rel: 'noopener noreferrer nofollow' },
          ...of.inner.map(words),
        ),
        of.host && ` (${of.host})`,
      );
    default:
      return h(of.is, {}, ...of.inner.map(words));
  }
}

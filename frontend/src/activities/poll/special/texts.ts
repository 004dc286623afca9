import { h, type Child } from '../../../vote/dom';
import type { Asked } from '../question';
import type { Seat } from '../seat';
import { seen, type Scene } from '../voting/scene';
import type { Words } from './en';
import { press } from './press';

/** How long an answer can be, UTF-16 units. */
const MOST = { words: 60, wall: 500 };

/** So many words are listed on a phone. */
const LISTED = 30;

/** What is being written: in the place of an answer that is changed, or as a new one. */
interface Writing {
  at: number;
  /** Tells this text from the one before: a new field for each. */
  key: number;
  wrong: string;
}

const fresh: Writing = { at: -1, key: 0, wrong: '' };

/** Answers in one's own words, each of which counts as soon as it is sent; below them what the others wrote. */
export function texts(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const { seat } = scene;
  const mine = seat.picked(asked);
  const writing = seat.noted<Writing>(asked) ?? fresh;
  const more = mine.length < asked.most || writing.at >= 0;
  return h(
    'div',
    { class: 'texts' },
    mine.length > 0 &&
      h(
        'ul',
        { class: 'mine', 'aria-label': words.texts.mine },
        ...mine.map((text, at) => own(seat, asked, text, at, votable, words)),
      ),
    votable && more && field(seat, asked, mine, writing, words),
    votable &&
      !more &&
      asked.most > 1 &&
      h('p', { class: 'muted', key: 'full' }, words.texts.full(mine.length)),
    ...results(scene, asked, words),
  );
}

function own(seat: Seat, asked: Asked, text: string, at: number, votable: boolean, words: Words): Child {
  const { key } = seat.noted<Writing>(asked) ?? fresh;
  const remove = (): void => {
    const rest = seat.picked(asked).filter((other) => other !== text);
    seat.note(asked, { ...fresh, key: key + 1 });
    seat.vote(asked, rest.length > 0 ? { texts: rest } : { options: [] });
  };
  const edit = (): void => seat.note(asked, { at, key: key + 1, wrong: '' });
  return h(
    'li',
    { key: text },
    h('bdi', { class: 'text', dir: 'auto' }, text),
    votable && press(words.texts.edit(text), 'M12 20h9M16.5 3.5l4 4L8 20l-5 1 1-5z', edit, { thin: true }),
    votable && press(words.texts.remove(text), 'M18 6 6 18M6 6l12 12', remove, { thin: true }),
  );
}

function field(seat: Seat, asked: Asked, mine: readonly string[], writing: Writing, words: Words): Child {
  const { at, key, wrong } = writing;
  const long = asked.kind === 'wall';
  const most = long ? MOST.wall : MOST.words;
  const label = mine.length > 0 && at < 0 ? words.texts.another : words.texts.label;
  const id = `text-${asked.id}`;
  const send = (input: HTMLInputElement): void => {
    const text = cleaned(input.value, long);
    const others = mine.filter((_, place) => place !== at);
    const same = others.some((other) => folded(other) === folded(text));
    if (text === '' || same) {
      seat.note(asked, { ...writing, wrong: same ? words.texts.same : '' });
      return input.focus();
    }
    input.value = '';
    seat.note(asked, { ...fresh, key });
    seat.vote(asked, {
      texts: at < 0 ? [...mine, text] : mine.map((old, place) => (place === at ? text : old)),
    });
  };
  return h(
    'form',
    {
      class: 'writing',
      key: `writing ${key}`,
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        send((event.currentTarget as HTMLFormElement).elements.namedItem('text') as HTMLInputElement);
      },
    },
    h('label', { for: id, class: 'small' }, label),
    h(long ? 'textarea' : 'input', {
      id,
      name: 'text',
      dir: 'auto',
      rows: long ? 3 : null,
      maxlength: most,
      autocomplete: 'off',
      enterkeyhint: long ? null : 'send',
      value: at < 0 ? '' : (mine[at] ?? ''),
      'aria-invalid': wrong ? 'true' : null,
      'aria-describedby': wrong ? `${id}-wrong` : null,
    }),
    wrong !== '' && h('p', { id: `${id}-wrong`, class: 'wrong', role: 'alert' }, wrong),
    h('button', { type: 'submit', class: 'button primary' }, at < 0 ? words.texts.send : words.texts.save),
  );
}

/** As the server will have it: what is only space or looks is not another answer. */
function cleaned(text: string, long: boolean): string {
  return long ? text.trim() : text.trim().replace(/\s+/g, ' ');
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ');
}

/** What everybody wrote, as far as it is shown. */
function results(scene: Scene, asked: Asked, words: Words): Child[] {
  const { answers } = asked;
  if (!answers || !seen(scene, asked)) return [];
  if (asked.kind === 'wall') {
    const cards = answers.cards ?? [];
    const rest = (answers.of ?? 0) - cards.length;
    return [
      h('h2', { class: 'small' }, words.wall.label),
      cards.length === 0 && h('p', { class: 'muted' }, words.cloud.none),
      h('ul', { class: 'cards' }, ...cards.map((card) => h('li', { key: card.id, dir: 'auto' }, card.text))),
      rest > 0 && h('p', { class: 'muted' }, words.cloud.more(rest)),
    ];
  }
  const told = (answers.words ?? []).slice(0, LISTED);
  const most = told[0]?.count ?? 1;
  const rest = (answers.of ?? 0) - told.length;
  const line = ({ text, count }: { text: string; count: number }): Child =>
    h(
      'li',
      { key: text },
      h('bdi', { class: 'text', dir: 'auto' }, text),
      h(
        'span',
        { class: 'numbers muted', 'aria-label': words.cloud.times(count) },
        scene.speech.number(count),
      ),
      h(
        'span',
        { class: 'bar', 'aria-hidden': 'true' },
        h('span', { class: 'fill', style: { '--share': count / most } }),
      ),
    );
  return [
    h('h2', { class: 'small' }, words.cloud.label),
    told.length === 0 && h('p', { class: 'muted' }, words.cloud.none),
    h('ol', { class: 'told' }, ...told.map(line)),
    rest > 0 && h('p', { class: 'muted' }, words.cloud.more(rest)),
  ];
}

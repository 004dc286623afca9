import { h, type Child } from '../../../vote/dom';
import type { Speech } from '../../../lib/i18n/speech';
import type { Asked, Question } from '../question';
import { seen, type Scene } from '../voting/scene';
import type { Words } from './en';

/** A number with the unit of its question. */
export function withUnit(question: Question, number: string): string {
  return question.unit ? `${number} ${question.unit}` : number;
}

/** Which numbers can be given, in a sentence. */
export function limits(question: Question, ask: Words['ask'], speech: Speech): string {
  const { min, max } = question;
  const said = (n: number): string => withUnit(question, speech.number(n));
  if (min !== undefined && max !== undefined) return ask.between(speech.number(min), said(max));
  if (min !== undefined) return ask.from(said(min));
  if (max !== undefined) return ask.to(said(max));
  return question.unit ? `${ask.number} (${question.unit})` : ask.number;
}

/** Tells whether a number can be given. */
export function possible({ min, max, decimals = 0 }: Question, number: number): boolean {
  const within = (min === undefined || number >= min) && (max === undefined || number <= max);
  return within && Math.abs(number) <= 1e12 && Number(number.toFixed(decimals)) === number;
}

interface Writing {
  wrong: string;
}

/** A number that counts as soon as it is sent; below it how all numbers lie. */
export function estimate(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const { seat, speech } = scene;
  const mine = seat.picked(asked)[0];
  const { wrong } = seat.noted<Writing>(asked) ?? { wrong: '' };
  const id = `number-${asked.id}`;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('number') as HTMLInputElement;
    const number = Number(input.value);
    const good = input.value !== '' && possible(asked, number);
    seat.note(asked, { wrong: good ? '' : words.number.bad });
    if (good) seat.vote(asked, { number });
    else input.focus();
  };
  const form = h(
    'form',
    { class: 'writing', key: 'writing', novalidate: true, onsubmit: send },
    h('label', { for: id, class: 'small' }, words.number.label),
    h(
      'span',
      { class: 'measure' },
      h('input', {
        id,
        name: 'number',
        type: 'number',
        step: 'any',
        inputmode: (asked.min ?? -1) < 0 ? null : 'decimal',
        autocomplete: 'off',
        value: mine ?? '',
        'aria-invalid': wrong ? 'true' : null,
        'aria-describedby': wrong ? `${id}-wrong` : null,
      }),
      asked.unit !== undefined && h('bdi', { class: 'muted', dir: 'auto' }, asked.unit),
    ),
    wrong !== '' && h('p', { id: `${id}-wrong`, class: 'wrong', role: 'alert' }, wrong),
    h('button', { type: 'submit', class: 'button primary' }, words.number.send),
  );
  const given = h(
    'ul',
    { class: 'mine', 'aria-label': words.number.label },
    h('li', {}, h('b', { class: 'numbers', dir: 'auto' }, withUnit(asked, speech.number(Number(mine))))),
  );
  return h(
    'div',
    { class: 'texts' },
    votable ? form : mine !== undefined && given,
    ...results(scene, asked, words),
  );
}

function results(scene: Scene, asked: Asked, words: Words): Child[] {
  const { answers } = asked;
  if (!answers || !seen(scene, asked)) return [];
  const { numbers, truth } = answers;
  if (!numbers) return [h('p', { class: 'muted' }, words.number.none)];
  const said = (n: number): string => withUnit(asked, scene.speech.number(round(n, asked)));
  const most = Math.max(1, ...numbers.bins);
  const fact = (name: string, value: string, key = name): Child =>
    h('div', { key }, h('dt', {}, name), h('dd', { class: 'numbers', dir: 'auto' }, value));
  return [
    h(
      'dl',
      { class: 'facts' },
      truth !== undefined && fact(words.number.truth, said(truth), 'truth'),
      fact(words.number.median, said(numbers.median)),
      fact(words.number.mean, said(numbers.mean)),
      fact(
        words.number.middle,
        words.number.between(scene.speech.number(round(numbers.low, asked)), said(numbers.high)),
      ),
    ),
    h(
      'ol',
      { class: 'bins', 'aria-label': words.number.histogram },
      ...spans(asked, scene.speech, words).map(({ name, count }) =>
        h(
          'li',
          { key: name },
          h('span', { class: 'numbers' }, name),
          h('b', { class: 'numbers' }, scene.speech.number(count)),
          h(
            'span',
            { class: 'bar', 'aria-hidden': 'true' },
            h('span', { class: 'fill', style: { '--share': Math.min(1, count / most) } }),
          ),
        ),
      ),
    ),
  ];
}

/** A mean has a digit more than what was given. */
export function round(n: number, { decimals = 0 }: Question): number {
  return Number(n.toFixed(decimals + 1));
}

/** The columns by their names; a column of a single number is called by it. */
export function spans(
  asked: Asked,
  speech: Speech,
  words: Words,
): { name: string; count: number; from: number }[] {
  const numbers = asked.answers?.numbers;
  if (!numbers) return [];
  const { start, width, bins, below = 0, above = 0 } = numbers;
  const smallest = 10 ** -(asked.decimals ?? 0);
  const at = (place: number): number => Number((start + place * width).toFixed(asked.decimals ?? 0));
  const name = (place: number): string =>
    width <= smallest * 1.5
      ? speech.number(at(place))
      : words.number.span(speech.number(at(place)), speech.number(at(place + 1)));
  return [
    ...(below > 0 ? [{ name: words.number.below(speech.number(at(0))), count: below, from: -Infinity }] : []),
    ...bins.map((count, place) => ({ name: name(place), count, from: at(place) })),
    ...(above > 0
      ? [{ name: words.number.above(speech.number(at(bins.length))), count: above, from: at(bins.length) }]
      : []),
  ];
}

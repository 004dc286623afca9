import { h, type Child } from '../../../vote/dom';
import { columnsOf, type Asked, type Counts, type Option } from '../question';
import { seen, type Scene } from '../voting/scene';
import { rowMean } from './best';
import type { Words } from './en';
import { answer, mine } from './mine';

/** As many steps of a scale stand beside each other on a phone. */
const ACROSS = 6;

/** The rows of a grid below each other, each with its columns to choose from: nothing is wider than the phone. */
export function grid(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const rows = mine(scene, asked);
  const columns = columnsOf(asked);
  const scale = !asked.columns;
  const across = columns.length > ACROSS ? Math.ceil(columns.length / 2) : columns.length;
  const answered = Object.keys(rows).length;
  const all = asked.options.length;
  return h(
    'div',
    { class: scale ? 'grid scaled' : 'grid', style: { '--across': across } },
    votable && h('p', { class: 'muted small', role: 'status' }, words.answered(answered, all)),
    ...asked.options.map((option) =>
      row(scene, asked, option, columns, rows[option.id] ?? [], votable, words),
    ),
  );
}

function row(
  scene: Scene,
  asked: Asked,
  option: Option,
  columns: readonly string[],
  chosen: readonly string[],
  votable: boolean,
  words: Words,
): Child {
  const { speech } = scene;
  const counts = seen(scene, asked);
  const mean = counts && !asked.columns ? rowMean(option.id, columns, counts) : null;
  const name = `${asked.id}-${option.id}`;
  const { low, high } = asked;
  return h(
    'div',
    {
      class: 'row',
      key: option.id,
      role: asked.several ? 'group' : 'radiogroup',
      'aria-labelledby': name,
    },
    h('p', { class: 'statement' }, h('bdi', { id: name, dir: 'auto' }, option.text)),
    h(
      'div',
      { class: 'cells' },
      ...columns.map((column, at) =>
        cell(scene, asked, option, { column, at, chosen, votable, counts, name }),
      ),
    ),
    !asked.columns &&
      h(
        'p',
        { class: 'ends muted' },
        h('bdi', { dir: 'auto', 'aria-hidden': 'true' }, low),
        h('b', { class: 'numbers small' }, mean === null ? '' : words.mean(speech.number(mean))),
        h('bdi', { dir: 'auto', 'aria-hidden': 'true' }, high),
      ),
  );
}

interface Look {
  column: string;
  at: number;
  chosen: readonly string[];
  votable: boolean;
  counts: Counts | null;
  name: string;
}

function cell(scene: Scene, asked: Asked, option: Option, look: Look): Child {
  const { column, at, chosen, votable, counts, name } = look;
  const { speech } = scene;
  const on = chosen.includes(column);
  const text = asked.columns?.[at]?.text ?? speech.number(Number(column));
  const end = at === 0 ? asked.low : column === String(asked.to) ? asked.high : '';
  const count = counts ? (counts[`${option.id}/${column}`] ?? 0) : null;
  const people = Math.max(1, asked.counted ?? asked.people);
  const label = [text, end, count === null ? '' : scene.words.votes(count)].filter(Boolean).join(', ');
  return h(
    'label',
    { key: column, class: `cell${on ? ' on' : ''}${votable ? '' : ' still'}` },
    h('span', { class: 'heat', 'aria-hidden': 'true', style: { '--share': (count ?? 0) / people } }),
    h('input', {
      type: asked.several ? 'checkbox' : 'radio',
      name,
      'aria-label': label,
      checked: on,
      disabled: !votable,
      onchange: (event: { currentTarget: HTMLInputElement }) => {
        const others = asked.several ? chosen.filter((other) => other !== column) : [];
        answer(scene, asked, { [option.id]: event.currentTarget.checked ? [...others, column] : others });
      },
    }),
    h('bdi', { class: 'name', dir: 'auto', 'aria-hidden': 'true' }, text),
    // The tick and the number have a place that is always there.
    h(
      'span',
      { class: 'count numbers small', 'aria-hidden': 'true' },
      [on ? '✓' : '', count === null ? '' : speech.number(count)].filter(Boolean).join(' '),
    ),
  );
}

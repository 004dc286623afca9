import { h, type Child } from '../../../vote/dom';
import type { Asked } from '../question';
import type { Scene } from '../voting/scene';
import type { Words } from './en';

/** What a question of a quiz is worth; and after the reveal what was right, what it brought, and the place. */
export function quiz({ seat, speech }: Scene, asked: Asked, { quiz: say }: Words): Child {
  const { worth = 0, key } = asked;
  if (worth === 0) return null;
  const gain = seat.gain(asked);
  const { score, more } = seat;
  const told = (text: string): Child => h('p', { class: 'muted numbers' }, text);
  const { team = 0, side } = seat.own;
  const mine = seat.poll?.quiz?.teams?.teams[team - 1];
  const ours =
    mine !== undefined &&
    h(
      'p',
      { class: 'team numbers', 'data-colour': mine.colour },
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      h('span', { dir: 'auto' }, mine.name),
      side !== undefined &&
        gain !== null &&
        h('span', {}, say.place(side.points, side.rank, seat.poll?.quiz?.teams?.teams.length ?? 0)),
    );
  if (!gain && !(key && asked.state === 'closed')) {
    const speed = seat.poll?.quiz?.rules.speed && asked.state !== 'closed';
    return h(
      'div',
      { class: 'quiz', key: 'quiz' },
      told([say.worth(worth), speed && say.speed].filter(Boolean).join(' ')),
      more !== 0 &&
        asked.state !== 'closed' &&
        told(say.more[more < 0 ? 'end' : more > 150 ? 'twice' : 'half']),
      ours,
    );
  }
  const is = !gain ? 'none' : gain.right ? 'right' : gain.points > 0 ? 'partly' : 'wrong';
  const { points = 0, bonus = 0 } = gain ?? {};
  return h(
    'div',
    { class: `quiz told ${is}`, key: 'told', role: 'status' },
    h(
      'p',
      { class: 'is numbers' },
      h(
        'span',
        { class: 'sign', 'aria-hidden': 'true' },
        { right: '✓', partly: '~', wrong: '✗', none: '–' }[is],
      ),
      h('b', {}, say[is]),
      points + bonus > 0 && h('b', { class: 'plus' }, say.plus(points + bonus)),
    ),
    bonus > 0 && score !== null && told(say.streak(score.streak, bonus)),
    answer(asked) !== '' && told(say.answer(answer(asked))),
    score !== null && told(say.place(score.points, score.rank, score.of)),
    ours,
  );

  /** What is right, where no option says it. */
  function answer({ kind, answers, unit = '' }: Asked): string {
    if (kind === 'estimate' && typeof answers?.truth === 'number')
      return `${speech.number(answers.truth)} ${unit}${key?.within ? ` ±${speech.number(key.within)}` : ''}`;
    return speech.list([...(key?.accept ?? [])]);
  }
}

import { h, type Child } from '../../../vote/dom';
import type { Words } from '../en';

/** The time that is left: said aloud at 30 and 10 seconds only. */
export function clock(left: number, whole: number, words: Words): Child {
  const seconds = Math.ceil(left / 1000);
  const rest = String(seconds % 60).padStart(2, '0');
  const ring = { cx: 24, cy: 24, r: 20, fill: 'none', 'stroke-width': 4, pathLength: 1 };
  const part = whole > 0 ? Math.min(1, left / whole) : 0;
  const said = seconds === 30 || seconds === 10 ? words.timeLeft(seconds) : '';
  return h(
    'span',
    { class: seconds <= 10 ? 'clock soon' : 'clock' },
    h(
      'svg',
      { viewBox: '0 0 48 48', 'aria-hidden': 'true' },
      h('circle', { ...ring, class: 'whole' }),
      h('circle', { ...ring, class: 'left', 'stroke-dasharray': 1, 'stroke-dashoffset': 1 - part }),
    ),
    h(
      'span',
      { role: 'timer', 'aria-label': words.timeLeft(seconds) },
      seconds < 60 ? String(seconds) : `${Math.floor(seconds / 60)}:${rest}`,
    ),
    h('span', { class: 'unseen', role: 'status' }, said),
  );
}

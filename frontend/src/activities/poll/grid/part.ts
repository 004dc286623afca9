import type { Speech } from '../../../lib/i18n/speech';
import type { Asked } from '../question';
import type { Special } from '../voting/later';
import { seen } from '../voting/scene';
import { best } from './best';
import { dates, line } from './dates';
import type { Words } from './en';
import { grid } from './grid';
import { ownZone, writer } from './when';

/** The forms that are answered row by row, as they are not in every page. */
export function gridIn(words: Words, speech: Speech): Special {
  return {
    field: (scene, asked, votable) => (asked.kind === 'dates' ? dates : grid)(scene, asked, votable, words),
    quiz: () => null,
    asks: ({ kind, several }) => words.ask[kind === 'dates' ? 'dates' : several ? 'several' : 'one'],
    decided: (scene, asked) => {
      const counts = asked.kind === 'dates' && asked.state === 'closed' ? seen(scene, asked) : null;
      const winners = counts ? best(asked, counts) : [];
      if (winners.length === 0) return '';
      const write = writer(asked.options, ownZone(), speech.tag);
      const named = asked.options.filter(({ id }) => winners.includes(id)).map((o) => line(write(o)));
      return words.bestIs(speech.list(named));
    },
    todo: ({ kind, least }) => words.todo[kind === 'dates' ? 'dates' : least > 1 ? 'all' : 'rows'],
    privacy: (asked) => privacy(asked, words),
  };
}

function privacy({ secrecy, shown, counted, lost, held }: Asked, { secret }: Words): string {
  if (lost) return secret.lost;
  if (held) return secret.held;
  if (!secrecy) return '';
  return shown && counted === 0 ? `${secret[secrecy]} ${secret.few}` : secret[secrecy];
}

import { format } from '../../../lib/i18n';
import { words as desk } from '../desk/words';
import type { Reported } from './report';
import { words } from './words';

/** With its year: paper is kept. */
export function day(at: number): string {
  return new Intl.DateTimeFormat(format().tag, { dateStyle: 'long' }).format(at);
}

/** What there is to say of a round before its result. */
export function facts(round: Reported, rounds: readonly Reported[]): string {
  const w = words();
  const all = [desk().kinds[round.kind].name, w.voted(round.people)];
  if (round.round > 1 || rounds.some((r) => r.id === round.id && r.round > 1))
    all.splice(1, 0, w.round(round.round));
  if (round.opened > 0) all.push(w.asked(day(round.opened), format().time(round.opened)));
  all.push(w.secrecy[round.secrecy ?? 'named']);
  if (round.state === 'open') all.push(w.open);
  return all.join(' · ');
}

/** How a ranking is decided, as it was fixed before anybody voted. */
export function rules({ kind, method, seats = 1, ties = 'shown' }: Reported): string {
  if (kind !== 'ranking' || !method) return '';
  const w = words();
  return [w.decidedBy(desk().methods[method].name), w.seats(seats), w.ties[ties]].join(' · ');
}

import { format } from '../../../lib/i18n';
import { words as desk } from '../desk/words';
import type { Result } from '../outcome/counted';
import type { Question } from '../question';
import type { Reported } from './report';
import { words } from './words';

/** With its year: paper is kept. */
export function day(at: number): string {
  return new Intl.DateTimeFormat(format().tag, { dateStyle: 'long' }).format(at);
}

/** What there is to say of a round before its result. */
export function facts(round: Reported, rounds: readonly Reported[]): string {
  const w = words();
  if (round.kind === 'slide') return desk().kinds.slide.name;
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

/** Who wins a ranking by the method that decides it, and who is tied; nothing while that is not counted. */
export function verdict({ options }: Question, decides: Result | undefined): string[] {
  if (!decides) return [];
  const named = (ids: readonly string[]): string[] =>
    ids.map((id) => options.find((o) => o.id === id)?.text ?? '');
  const { winners, tied = [], method } = decides;
  return [
    ...(winners.length > 0 ? [words().winners(desk().methods[method].name, named(winners))] : []),
    ...(tied.length > 0 ? [words().tie(named(tied))] : []),
  ];
}

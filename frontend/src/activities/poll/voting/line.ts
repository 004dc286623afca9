import type { Refusal } from '../../../lib/net/protocol';
import { chosen, type Answer, type Standing } from '../ballot';
import type { Words } from '../en';
import type { Asked, Question } from '../question';

type Say = Words['line'];
type Told = (refusal: Refusal) => string;

/** What the one line under a question says of my vote. */
export interface Line {
  text: string;
  tone: 'plain' | 'pending' | 'ok' | 'bad';
}

export interface Situation {
  question: Asked;
  standing: Standing;
  /** The person may vote here. */
  may: boolean;
  offline: boolean;
  /** The time has run out, even if the server has not said so yet. */
  over: boolean;
  /** How many options are still to be chosen before it is a vote. */
  missing: number;
  /** What to do, if nothing else is to be said. */
  todo: string;
}

/** Says where my vote is, or else what can be done. Pending is never said as done. */
export function line(s: Situation, { line: say }: Pick<Words, 'line'>, told: Told): Line {
  const { question, standing, missing } = s;
  if (missing > 0) {
    const counts = standing.is === 'counted' && chosen(standing.answer).length > 0;
    return { text: counts ? say.moreCounts(missing) : say.more(missing), tone: 'plain' };
  }
  switch (standing.is) {
    case 'kept':
      return { text: s.offline ? say.keptOffline : say.kept, tone: 'pending' };
    case 'sent':
      return { text: say.sent, tone: 'pending' };
    case 'refused':
      return { text: refused(question, standing, say, told), tone: 'bad' };
    case 'counted':
      return counted(question, standing.answer, standing.at, say);
    default:
      return { text: nothing(s, say), tone: 'plain' };
  }
}

/** The names of what was chosen, in the order of the question. */
export function named(question: Question, answer: Answer): string[] {
  if ('texts' in answer || 'score' in answer || 'number' in answer) return [...chosen(answer)];
  if (!('options' in answer)) return [];
  const names = new Map(question.options.map((o) => [o.id, o.text]));
  if (question.kind === 'ranking') return answer.options.map((id) => names.get(id) ?? '');
  return question.options.filter((o) => answer.options.includes(o.id)).map((o) => o.text);
}

function counted(question: Asked, answer: Answer, at: number, say: Say): Line {
  if (chosen(answer).length === 0) {
    return { text: question.state === 'closed' ? say.closed : say.withdrawn, tone: 'plain' };
  }
  const text = question.state === 'closed' ? say.closedCounted(at) : say.counted(at);
  return { text, tone: 'ok' };
}

function refused(question: Asked, standing: Standing & { is: 'refused' }, say: Say, told: Told): string {
  const why = standing.refusal ? told(standing.refusal) : '';
  const names = named(question, standing.answer);
  const lost = names.length > 0 ? say.refused(say.names(names), why) : say.refusedBare(why);
  const before = standing.counted ? named(question, standing.counted) : [];
  return before.length > 0 ? `${lost} ${say.still(say.names(before))}` : lost;
}

function nothing({ question, may, over, todo }: Situation, say: Say): string {
  if (question.state === 'draft') return say.draft;
  if (question.state === 'closed') return say.closed;
  if (over) return say.over;
  return may ? todo : say.looking;
}

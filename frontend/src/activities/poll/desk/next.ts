import type { LivePoll } from '../poll.svelte';
import type { Asked } from '../question';
import { presented, type Poll } from '../state';

/** What happens next in a poll: the host's one big button. */
export type Step =
  | { is: 'open' | 'close' | 'reveal' | 'next'; question: Asked }
  /** Who leads in the quiz, or who has won it. */
  | { is: 'board' | 'podium'; question: Asked }
  /** Nothing is left to ask. */
  | { is: 'finish' }
  | { is: 'add' };

/**
 * The next step. `selected` is the question that a host looks at; without one it goes on from what is on
 * the screens, and shows a question before it opens it.
 */
export function nextStep(poll: Poll, selected: Asked | null): Step {
  const question = selected ?? presented(poll);
  if (!question) {
    const first = poll.questions.find((q) => q.state === 'draft');
    return first ? { is: 'next', question: first } : { is: 'add' };
  }
  const after = poll.questions.slice(poll.questions.indexOf(question) + 1);
  const waits = (q: Asked): boolean => q.state === 'draft';
  const asks = (q: Asked): boolean => waits(q) && q.kind !== 'slide';
  const next = after.find(waits) ?? poll.questions.find(asks);
  if (question.kind === 'slide') {
    if (question.id !== poll.present) return { is: 'next', question };
    return next ? { is: 'next', question: next } : { is: 'finish' };
  }
  if (question.state === 'draft') return { is: 'open', question };
  if (question.state === 'open') return { is: 'close', question };
  if (!question.shown && !question.held) return { is: 'reveal', question };
  if (question.id === poll.present && (question.worth ?? 0) > 0 && !poll.quiz?.board && played(poll))
    return { is: next ? 'board' : 'podium', question };
  if (next) return { is: 'next', question: next };
  return poll.present === '' ? { is: 'add' } : { is: 'finish' };
}

/** Tells whether somebody has a place in the quiz. */
function played({ questions }: Poll): boolean {
  return questions.some((q) => (q.worth ?? 0) > 0 && q.state === 'closed' && q.shown && q.people > 0);
}

/** Takes a step that the room has to do. What is opened or shown comes to everybody's screen. */
export function take(live: LivePoll, step: Step): void {
  switch (step.is) {
    case 'open':
    case 'next':
      void live.ask(step.is === 'open' ? 'open' : 'present', { question: step.question.id });
      return live.seat.focus();
    case 'close':
    case 'reveal':
      return void live.ask(step.is, { question: step.question.id });
    case 'board':
    case 'podium':
      return void live.ask('rank', { show: step.is });
    case 'finish':
      return void live.ask('present', { question: '' });
  }
}

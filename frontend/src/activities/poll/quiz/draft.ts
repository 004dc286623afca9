import type { Form, Question } from '../question';

/** What only a question of a quiz has, as it is written; which options are right is with the options. */
export interface QuizDraft {
  on: boolean;
  worth: number;
  within: string;
  /** One in each line. */
  accept: string;
}

/** What is wrong with it. */
export type QuizFault = 'right' | 'several' | 'key' | 'accept';

/** What a right answer can be worth, as a host chooses it. */
export const WORTHS = [500, 1000, 2000];

/** Tells whether questions of a form can have a right answer. */
export function quizzable(kind: Form): boolean {
  return ['single', 'multiple', 'words', 'wall', 'estimate', 'pins'].includes(kind);
}

export function freshQuiz(): QuizDraft {
  return { on: false, worth: 1000, within: '', accept: '' };
}

export function quizOf({ worth = 0, key }: Question): QuizDraft {
  if (!key) return freshQuiz();
  const { within = 0, accept = [] } = key;
  return { on: true, worth, within: within > 0 ? String(within) : '', accept: accept.join('\n') };
}

/** What of it belongs to a question, and what that changes of the rest: results are not shown live. */
export function writtenQuiz(
  question: Question,
  draft: QuizDraft,
  options: readonly { right?: boolean }[],
): Question {
  const { kind, show } = question;
  if (!draft.on || !quizzable(kind)) return question;
  const right = options.flatMap((option, at) => (option.right ? [at] : []));
  const accept = lines(draft.accept);
  const one = kind === 'words' || kind === 'wall';
  const key = question.options.length > 0 ? { right } : one ? { accept } : { within: Number(draft.within) };
  return {
    ...question,
    ...(one || kind === 'pins' ? { most: 1 } : {}),
    show: show === 'live' ? 'revealed' : show,
    worth: draft.worth,
    key,
  };
}

/** What keeps a question of a quiz from being asked; null if nothing does. */
export function quizFault({ kind, key, truth, options, least, most }: Question): QuizFault | null {
  if (!key) return null;
  const { right = [], within = 0, accept = [] } = key;
  switch (kind) {
    case 'pins':
      return right.length > 0 ? null : 'right';
    case 'single':
      return right.length > 0 && right.length < options.length ? null : 'right';
    case 'multiple':
      if (right.length === 0) return 'right';
      return right.length >= least && right.length <= most ? null : 'several';
    case 'estimate':
      return typeof truth === 'number' && within >= 0 ? null : 'key';
    default:
      return accept.length > 0 ? null : 'accept';
  }
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

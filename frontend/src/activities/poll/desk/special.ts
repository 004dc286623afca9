import type { Question, SpecialForm } from '../question';
import { possible } from '../special/estimate';

/** What only the special forms have, as it is written. A number that is not there is empty. */
export interface SpecialDraft {
  /** How many answers one person can give. */
  answers: number;
  review: boolean;
  min: string;
  max: string;
  decimals: number;
  unit: string;
  truth: string;
  total: number;
}

/** What is wrong with it. */
export type SpecialFault = 'answers' | 'limits' | 'truth' | 'total';

/** Limits of the server. */
export const SPECIAL = { answers: 10, decimals: 3, unit: 20, total: 1000 };

export function freshSpecial(kind: string): SpecialDraft {
  const number = { min: '', max: '', decimals: 0, unit: '', truth: '' };
  return { answers: kind === 'words' ? 3 : 1, review: false, ...number, total: 100 };
}

export function specialOf(question: Question): SpecialDraft {
  const { kind, most, review = false, min, max, decimals = 0, unit = '', truth, total = 100 } = question;
  const text = (n: number | null | undefined): string => (n === undefined || n === null ? '' : String(n));
  const answers = kind === 'words' || kind === 'wall' ? most : freshSpecial(kind).answers;
  return { answers, review, min: text(min), max: text(max), decimals, unit, truth: text(truth), total };
}

/** What of it belongs to a form. */
export function writtenSpecial(kind: SpecialForm, draft: SpecialDraft): Partial<Question> {
  const { answers, review, min, max, decimals, unit, truth, total } = draft;
  if (kind === 'words') return { least: 1, most: answers };
  if (kind === 'wall') return { least: 1, most: answers, ...(review ? { review } : {}) };
  if (kind === 'points') return { total };
  return {
    ...(decimals > 0 ? { decimals } : {}),
    ...(unit.trim() ? { unit: unit.trim() } : {}),
    ...number('min', min),
    ...number('max', max),
    ...number('truth', truth),
  };
}

function number(name: 'min' | 'max' | 'truth', text: string): Partial<Question> {
  return text.trim() === '' ? {} : { [name]: Number(text) };
}

/** What keeps a question of a special form from being asked; null if nothing does. */
export function specialFault(kind: SpecialForm, question: Partial<Question>): SpecialFault | null {
  const { most = 1, min, max, truth, total = 0 } = question;
  if (kind === 'points')
    return total >= 1 && total <= SPECIAL.total && Number.isInteger(total) ? null : 'total';
  if (kind !== 'estimate') return most >= 1 && most <= SPECIAL.answers ? null : 'answers';
  const { min: _, max: __, ...digits } = question as Question;
  const bad = (n: number | null | undefined): boolean => typeof n === 'number' && !possible(digits, n);
  if (bad(min) || bad(max) || (min !== undefined && max !== undefined && min >= max)) return 'limits';
  return typeof truth === 'number' && !possible(question as Question, truth) ? 'truth' : null;
}

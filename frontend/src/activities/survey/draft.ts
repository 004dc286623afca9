import { chosen } from './answers';
import { END, type Form, type Page, type Question } from './state';

/** A question as it is being written. */
export interface DraftQuestion {
  id: string;
  kind: Form;
  prompt: string;
  required: boolean;
  options: { id: string; text: string }[];
  least: number;
  most: number;
  from: number;
  to: number;
  low: string;
  high: string;
  unit: string;
  jumps: { option: string; from: number; to: number; go: string }[];
}

/** A page as it is being written. */
export interface DraftPage {
  id: string;
  title: string;
  text: string;
  go: string;
  questions: DraftQuestion[];
}

export type Fault = 'prompt' | 'options' | 'scale' | 'range' | 'bounds' | 'jump';

export const MOST = {
  title: 200,
  text: 4000,
  prompt: 1000,
  option: 200,
  label: 60,
  unit: 20,
  intro: 4000,
} as const;

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** A new name: rules and answers call questions and options by it. */
export function fresh(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return prefix + [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}

export function freshQuestion(): DraftQuestion {
  return {
    id: fresh('q'),
    kind: 'single',
    prompt: '',
    required: true,
    options: [freshOption(), freshOption()],
    least: 1,
    most: 0,
    from: 1,
    to: 5,
    low: '',
    high: '',
    unit: '',
    jumps: [],
  };
}

export function freshOption(): { id: string; text: string } {
  return { id: fresh('o'), text: '' };
}

export function freshPage(): DraftPage {
  return { id: fresh('p'), title: '', text: '', go: '', questions: [freshQuestion()] };
}

/** A page to be changed; what it was stays as it is. */
export function draftOf(page: Page): DraftPage {
  const questions = page.questions.map((q) => ({
    ...q,
    options: q.options.length > 0 ? q.options.map((o) => ({ ...o })) : [freshOption(), freshOption()],
    jumps: q.jumps.map((j) => ({ ...j })),
  }));
  return { id: page.id, title: page.title, text: page.text, go: page.go, questions };
}

/** Another kind of answer has other usual ends, and other rules. */
export function become(question: DraftQuestion, kind: Form): void {
  const number = (of: Form): boolean => of === 'number' || of === 'rating';
  if (kind === 'number' && question.kind !== 'number') Object.assign(question, { from: 0, to: 100 });
  if (kind === 'rating' && question.kind !== 'rating') Object.assign(question, { from: 1, to: 5 });
  if (kind === 'nps') Object.assign(question, { from: 0, to: 10 });
  const same = chosen({ kind }) ? chosen(question) : number(kind) && number(question.kind);
  if (!same) question.jumps = [];
  question.kind = kind;
}

/** What is wrong with a question as it is; null if it can be asked. */
export function faultOf(question: DraftQuestion): Fault | null {
  const { kind, from, to, jumps } = question;
  if (!question.prompt.trim()) return 'prompt';
  const options = question.options.filter((o) => o.text.trim());
  if (chosen(question)) {
    if (options.length < 2) return 'options';
    const most = question.most || options.length;
    if (kind === 'multiple' && (question.least < 1 || most > options.length || question.least > most))
      return 'bounds';
    return jumps.some((j) => !j.go || !options.some((o) => o.id === j.option)) ? 'jump' : null;
  }
  if (kind === 'rating' && !(to > from && to - from < 11)) return 'scale';
  if (kind === 'number' && !(to > from)) return 'range';
  return jumps.some((j) => !j.go || !(j.from >= from && j.from <= j.to && j.to <= to)) ? 'jump' : null;
}

/** The page as it is sent. */
export function pageOf(draft: DraftPage): Page {
  const questions = draft.questions.map((q): Question => ({
    ...q,
    options: chosen(q) ? q.options.filter((o) => o.text.trim()) : [],
  }));
  return { ...draft, questions };
}

/** Tells whether answers of a kind can lead elsewhere. */
export function leads(kind: Form): boolean {
  return kind !== 'short' && kind !== 'long' && kind !== 'date';
}

/** Where a page can lead: what comes after it, and the end. */
export function targets(pages: readonly Page[], at: number): { id: string; place: number }[] {
  const later = pages.map(({ id }, place) => ({ id, place })).filter(({ place }) => place > at);
  return [...later, { id: END, place: -1 }];
}

import { freshGrid, gridFault, gridOf, writtenGrid, type GridDraft, type GridFault } from '../grid/draft';
import {
  freshPlace,
  placeFault,
  placeOf,
  namedAreas,
  writtenPlace,
  type PlaceDraft,
  type PlaceFault,
} from '../place/draft';
import {
  gridded,
  methodsFor,
  placing,
  special,
  type Asked,
  type Form,
  type Method,
  type Question,
  type Secrecy,
  type Show,
  type Ties,
} from '../question';
import {
  freshQuiz,
  quizFault,
  quizOf,
  quizzable,
  type QuizDraft,
  type QuizFault,
  writtenQuiz,
} from '../quiz/draft';
import {
  freshSpecial,
  specialFault,
  specialOf,
  writtenSpecial,
  type SpecialDraft,
  type SpecialFault,
} from './special';
import { draftOption, lines, MOST_OPTIONS, type DraftOption } from './options';

export { draftOption, lines, type DraftOption };

/** A question as a host is writing it. */
export interface Draft {
  kind: Form;
  prompt: string;
  /** The last one is empty: where the next is written. */
  options: DraftOption[];
  least: number;
  most: number;
  from: number;
  to: number;
  low: string;
  high: string;
  show: Show;
  seconds: number;
  /** Null: votes are kept with their voters. */
  secrecy: Secrecy | null;
  few: boolean;
  ranking: RankingDraft;
  special: SpecialDraft;
  grid: GridDraft;
  place: PlaceDraft;
  quiz: QuizDraft;
}

/** What only a ranking has. */
export interface RankingDraft {
  least: number;
  /** 0 is all of them. */
  most: number;
  seats: number;
  /** Null: the usual one. */
  method: Method | null;
  ties: Ties;
}

/** What is wrong with a draft. */
export type Fault =
  | 'prompt'
  | 'options'
  | 'bounds'
  | 'scale'
  | 'ranked'
  | 'seats'
  | SpecialFault
  | QuizFault
  | GridFault
  | PlaceFault;

/** Limits of the server. Texts in UTF-16 units. */
export const MOST = {
  prompt: 1000,
  options: MOST_OPTIONS,
  option: 200,
  label: 60,
  steps: 11,
  seconds: 3600,
  ranked: 20,
};

/** A question that nobody has written yet. */
export function fresh(kind: Form): Draft {
  const scale = { from: 1, to: 5, low: '', high: '' };
  const ranking: RankingDraft = { least: 1, most: 0, seats: 1, method: null, ties: 'shown' };
  return {
    kind,
    prompt: '',
    options: lines([]),
    least: 1,
    most: 2,
    ...scale,
    show: 'live',
    seconds: 0,
    secrecy: null,
    few: false,
    ranking,
    special: freshSpecial(kind),
    grid: freshGrid(),
    place: freshPlace(),
    quiz: freshQuiz(),
  };
}

export function draftOf(question: Question): Draft {
  const { kind, prompt, least, most, low, high, show, seconds } = question;
  const scale = question.to > question.from ? { from: question.from, to: question.to } : { from: 1, to: 5 };
  const { right = [] } = question.key ?? {};
  const options = lines(
    question.options.map((o, at) => ({
      ...draftOption(o.text, o.id),
      right: right.includes(at),
      ...(o.picture && { picture: o.picture }),
    })),
  );
  const { seats = 1, method = null, ties = 'shown', secrecy = null, few = false } = question;
  const all = most === question.options.length;
  const ranking = { least, most: all ? 0 : most, seats, method, ties };
  const bounds = kind === 'single' || kind === 'multiple' ? { least, most } : { least: 1, most: 2 };
  const special = specialOf(question);
  const quiz = quizOf(question);
  const grid = gridOf(question);
  const place = placeOf(question);
  const when = { show, seconds, secrecy, few };
  return {
    kind,
    prompt,
    options,
    ...bounds,
    ...scale,
    low,
    high,
    ...when,
    ranking,
    special,
    grid,
    place,
    quiz,
  };
}

/** The question to be sent, with the id of the one that it changes, or "". Empty options are left out. */
export function written(draft: Draft, id: string): Question {
  const options =
    draft.kind === 'pins' ? namedAreas(draft.place) : draft.options.filter((o) => o.text.trim());
  return writtenQuiz(plain(draft, id), draft.quiz, options);
}

function plain(draft: Draft, id: string): Question {
  const { kind, prompt, show, seconds, quiz, few } = draft;
  const secrecy = quiz.on && quizzable(kind) ? null : draft.secrecy;
  const secret = secrecy ? { secrecy, ...(secrecy === 'anonymous' && few ? { few } : {}) } : {};
  const question = { id, kind, prompt: prompt.trim(), show, seconds, ...secret };
  const none = { options: [], least: 0, most: 0, from: 0, to: 0, low: '', high: '' };
  if (kind === 'rating') {
    const { from, to, low, high } = draft;
    return { ...question, ...none, from, to, low, high };
  }
  if (gridded(kind)) return { ...question, ...none, ...writtenGrid(draft) };
  if (placing(kind)) return { ...question, ...none, ...writtenPlace(draft, kind) };
  if (special(kind) && kind !== 'points')
    return { ...question, ...none, ...writtenSpecial(kind, draft.special) };
  const pictured = kind === 'single' || kind === 'multiple';
  const options = draft.options
    .filter((o) => o.text.trim())
    .map(({ id, text, picture }) => ({
      id,
      text: text.trim(),
      ...(pictured && picture ? { picture: { ...picture, alt: picture.alt.trim() } } : {}),
    }));
  const { least, most } = draft;
  if (kind === 'points') return { ...question, ...none, options, ...writtenSpecial(kind, draft.special) };
  if (kind === 'ranking') return { ...question, ...none, options, ...ranked(draft.ranking, options.length) };
  return { ...question, ...none, options, ...(kind === 'multiple' ? { least, most } : {}) };
}

function ranked({ least, most, seats, method, ties }: RankingDraft, amount: number): Partial<Question> {
  return { least, most: most || amount, seats, method: methodOf(seats, method), ties };
}

/** The method that goes with so many winners. */
export function methodOf(seats: number, wish: Method | null): Method {
  const all = methodsFor(seats);
  return wish && all.includes(wish) ? wish : (all[0] as Method);
}

/** What keeps a draft from being asked; null if nothing does. */
export function fault(draft: Draft): Fault | null {
  const question = written(draft, '');
  return plainFault(draft, question) ?? quizFault(question);
}

function plainFault(draft: Draft, question: Question): Fault | null {
  const { kind, prompt, options, least, most, seats = 1 } = question;
  if (!prompt) return 'prompt';
  const odd = special(kind) ? specialFault(kind, question) : null;
  if (odd || (special(kind) && kind !== 'points')) return odd;
  if (gridded(kind)) return gridFault(draft, question);
  if (placing(kind)) return placeFault(question);
  if (kind === 'rating') {
    const steps = draft.to - draft.from + 1;
    return steps >= 2 && steps <= MOST.steps ? null : 'scale';
  }
  if (options.length < 2) return 'options';
  if (options.some((o) => o.picture && !o.picture.alt)) return 'alt';
  if ((kind === 'ranking' || kind === 'points') && options.length > MOST.ranked) return 'ranked';
  if (kind === 'ranking' && (seats < 1 || seats >= options.length)) return 'seats';
  const fits = least >= 1 && most >= least && most <= options.length;
  return kind === 'single' || kind === 'points' || fits ? null : 'bounds';
}

/** Why the words of a question cannot change, as far as this page knows; the server decides. */
export function fixed(question: Asked | null): 'voted' | 'open' | null {
  if (!question) return null;
  if (question.people > 0) return 'voted';
  return question.state === 'open' ? 'open' : null;
}

import type { Digest, RoomEvent } from '../../lib/net/protocol';

export type Form = 'single' | 'multiple' | 'rating' | 'nps' | 'number' | 'short' | 'long' | 'date';

/** All forms, in the order of the menu. */
export const FORMS: readonly Form[] = [
  'single',
  'multiple',
  'rating',
  'nps',
  'number',
  'short',
  'long',
  'date',
];

/** Where a jump goes that ends the survey. */
export const END = 'end';

export interface Option {
  id: string;
  text: string;
}

/** Where one goes on after an answer: a chosen option, or a number from one to another. */
export interface Jump {
  option: string;
  from: number;
  to: number;
  go: string;
}

export interface Question {
  id: string;
  kind: Form;
  prompt: string;
  required: boolean;
  options: readonly Option[];
  least: number;
  most: number;
  from: number;
  to: number;
  low: string;
  high: string;
  unit: string;
  jumps: readonly Jump[];
}

export interface Page {
  id: string;
  title: string;
  text: string;
  questions: readonly Question[];
  /** What comes after it if no answer says otherwise; '': the next page. */
  go: string;
}

/** What was answered to one question. The counts are by option, step or column. */
export interface Result {
  people: number;
  counts: readonly number[];
  mean: number | null;
}

export interface Results {
  /** Who has seen the page, and who stands there and has not sent anything; for hosts. */
  reached: number | null;
  left: number | null;
  questions: Readonly<Record<string, Result>>;
}

export interface Figures {
  started: number;
  sent: number;
  /** How many people's answers the results are of. */
  counted: number;
}

/** A survey as a member may see it. */
export interface Survey {
  state: 'draft' | 'open' | 'closed';
  intro: string;
  ending: string;
  unnamed: boolean;
  changes: boolean;
  shared: boolean;
  pages: readonly Page[];
  figures: Figures;
  /** By page; null if they are not seen. */
  results: Readonly<Record<string, Results>> | null;
}

/** An answer as it is sent: the ids of options, a number, or a text. */
export type Answer = readonly string[] | number | string;
export type Answers = Readonly<Record<string, Answer>>;

/** A person's own part. */
export interface Own {
  /** The page they stand on; '': they have not begun. */
  at: string;
  /** When it was sent, Unix milliseconds; 0: not yet. */
  sent: number;
  /** Something was changed since. */
  changed: boolean;
  answers: Answers;
}

export function open(view: unknown): Survey {
  const v = view as Survey;
  const results = v.results
    ? Object.fromEntries(Object.entries(v.results).map(([page, told]) => [page, resultsOf(told)]))
    : null;
  return { ...v, pages: v.pages.map(page), figures: figures(v.figures), results };
}

/** What is not said is not so. */
export function page(told: Page): Page {
  const none = { title: '', text: '', go: '' };
  return { ...none, ...told, questions: told.questions.map(question) };
}

function question(told: Question): Question {
  const none = {
    required: false,
    options: [],
    least: 0,
    most: 0,
    from: 0,
    to: 0,
    low: '',
    high: '',
    unit: '',
  };
  const jumps = (told.jumps ?? []).map((jump: Partial<Jump> & { go: string }) => ({
    option: '',
    from: 0,
    to: 0,
    ...jump,
  }));
  return { ...none, ...told, jumps };
}

function figures(told: Partial<Figures>): Figures {
  return { started: 0, sent: 0, counted: 0, ...told };
}

function resultsOf(told: Results): Results {
  const questions = Object.fromEntries(
    Object.entries(told.questions).map(([id, r]) => [
      id,
      { people: r.people, counts: r.counts ?? [], mean: r.mean ?? null },
    ]),
  );
  return { reached: told.reached ?? null, left: told.left ?? null, questions };
}

/** Applies an event. Returns a new state; the old one is unchanged. */
export function apply(before: Survey, event: RoomEvent): Survey {
  if (event.with === null) return before; // forgotten
  const c = event.with as { page: Page | string; place: number };
  switch (event.did) {
    case 'set':
      return { ...before, ...(event.with as Pick<Survey, 'intro' | 'ending' | 'unnamed' | 'changes'>) };
    case 'wrote': {
      const told = page(c.page as Page);
      const known = before.pages.some((p) => p.id === told.id);
      const pages = known
        ? before.pages.map((p) => (p.id === told.id ? told : p))
        : before.pages.toSpliced(c.place, 0, told);
      return { ...before, pages };
    }
    case 'dropped':
      return { ...before, pages: before.pages.filter((p) => p.id !== c.page) };
    case 'moved': {
      const moved = before.pages.filter((p) => p.id === c.page);
      const others = before.pages.filter((p) => p.id !== c.page);
      return { ...before, pages: others.toSpliced(c.place, 0, ...moved) };
    }
  }
  return before; // a fresh view follows, or it is the person's own part: see applyOwn
}

/** Takes figures, or what was answered on a page. */
export function digest(before: Survey, d: Pick<Digest, 'key' | 'with'>): Survey {
  if (d.key === 'figures') return { ...before, figures: figures(d.with as Figures) };
  if (d.with === null || before.results === null) return before; // not shared any more
  const results = { ...before.results, [d.key.slice('page-'.length)]: resultsOf(d.with as Results) };
  return { ...before, results };
}

export function openOwn(mine: unknown): Own {
  return { sent: 0, changed: false, ...(mine as Partial<Own> & Pick<Own, 'at' | 'answers'>) };
}

/** What an event that is told to the person alone says of their own part. */
export function applyOwn(before: Own, survey: Survey, event: RoomEvent): Own {
  if (event.with === null) return before;
  switch (event.did) {
    case 'begun':
      return { ...before, at: (event.with as { at: string }).at };
    case 'saved': {
      const { page, answers, at } = event.with as { page: string; answers: Answers; at: string };
      return {
        ...before,
        at,
        changed: before.sent > 0,
        answers: replaced(before.answers, survey, page, answers),
      };
    }
    case 'sent': {
      const { pages } = event.with as { pages: readonly string[] };
      const counted = survey.pages.filter((p) => pages.includes(p.id)).flatMap((p) => p.questions);
      const kept = counted.flatMap(({ id }) => (id in before.answers ? [[id, before.answers[id]]] : []));
      return { ...before, sent: event.at, changed: false, answers: Object.fromEntries(kept) as Answers };
    }
  }
  return before;
}

/** Answers with those to one page in the place of what was there. */
export function replaced(before: Answers, survey: Survey, page: string, answers: Answers): Answers {
  const ids = survey.pages.find((p) => p.id === page)?.questions.map((q) => q.id) ?? [];
  const others = Object.entries(before).filter(([id]) => !ids.includes(id));
  return { ...Object.fromEntries(others), ...answers };
}

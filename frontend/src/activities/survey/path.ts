import type { Command } from '../../lib/net/store';
import {
  replaced,
  type Answer,
  type Answers,
  type Jump,
  type Own,
  type Page,
  type Question,
  type Survey,
} from './state';

/** Tells whether an answer leads into a jump. */
function takes(question: Question, jump: Jump, answer: Answer | undefined): boolean {
  if (Array.isArray(answer)) return answer.includes(jump.option);
  return typeof answer === 'number' && !jump.option && answer >= jump.from && answer <= jump.to;
}

/** The place of the page that comes after another with these answers; as many as there are pages: the end. */
export function next(pages: readonly Page[], at: number, answers: Answers): number {
  const page = pages[at];
  if (!page) return pages.length;
  for (const question of page.questions) {
    const jump = question.jumps.find((j) => takes(question, j, answers[question.id]));
    if (jump) return place(pages, jump.go);
  }
  return page.go ? place(pages, page.go) : at + 1;
}

function place(pages: readonly Page[], id: string): number {
  const at = pages.findIndex((page) => page.id === id);
  return at < 0 ? pages.length : at;
}

/** The pages on the way through the survey with these answers, by their places. */
export function way(pages: readonly Page[], answers: Answers): number[] {
  const all: number[] = [];
  for (let at = 0; at < pages.length; at = next(pages, at, answers)) all.push(at);
  return all;
}

/** How far a person has come, also with what the server does not have yet. */
export interface Progress extends Own {
  /** Something is under way. */
  pending: boolean;
  /** That it is sent is under way. */
  sending: boolean;
}

/** What a person's own part becomes by the commands that are not settled yet. */
export function progress(survey: Survey, own: Own, unsettled: readonly Command[]): Progress {
  let now: Progress = { ...own, pending: false, sending: false };
  for (const command of unsettled) {
    const asked = JSON.parse(command.with) as { page?: string; answers?: Answers; to?: string };
    if (command.do === 'begin') now = { ...now, pending: true, at: now.at || (survey.pages[0]?.id ?? '') };
    if (command.do !== 'save' && command.do !== 'send') continue;
    const sending = command.do === 'send';
    now = { ...now, pending: true, sending, changed: !sending && now.sent > 0 };
    if (!asked.page) continue;
    const answers = replaced(now.answers, survey, asked.page, asked.answers ?? {});
    const from = survey.pages.findIndex((page) => page.id === asked.page);
    const to = survey.pages[next(survey.pages, from, answers)]?.id ?? asked.page;
    now = { ...now, answers, at: asked.to || to };
  }
  return now;
}

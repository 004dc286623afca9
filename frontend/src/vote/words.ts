import { en as voting } from '../activities/poll/en';
import { zh as votingZh } from '../activities/poll/zh';
import { told as toldZh } from '../languages/refusals-phone.zh';
import { closest, type Language } from '../lib/i18n/choice';
import { speech } from '../lib/i18n/speech';
import type { Refusal } from '../lib/net/protocol';
import { en } from './en';
import { zh } from './zh';

interface Spoken {
  page: typeof en;
  voting: typeof voting;
  /** Why something was refused, where the sentence that comes with it is not in this language. */
  told?: (refusal: Refusal) => string | undefined;
}

// All in the one file that the page is: a language costs it two kilobytes, another request would cost more.
// Chosen once: the language of the page does not change while it is open.
const all: Record<Language, Spoken> = {
  en: { page: en, voting },
  'zh-CN': { page: zh, voting: votingZh, told: toldZh },
};

/** The language of this page. */
export const language: Language = closest();

const spoken = all[language];

/** The words of this page. */
export const say = spoken.page;

/** The words of voting. */
export const words = spoken.voting;

/** Numbers and times of this page. */
export const format = speech(language);

/** Why something was refused. */
export function told(refusal: Refusal): string {
  return spoken.told?.(refusal) ?? refusal.say;
}

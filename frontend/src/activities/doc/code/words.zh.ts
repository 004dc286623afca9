import type { en } from './words';

/** The words of code in documents, in Simplified Chinese. */
export const zh: typeof en = {
  language: '这段代码的语言',
  none: '未指定语言',
};

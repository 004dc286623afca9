import type { en } from './name';

export const zh: typeof en = {
  label: '问卷',
  hint: '一次问多个问题，各人按自己的节奏作答。',
};

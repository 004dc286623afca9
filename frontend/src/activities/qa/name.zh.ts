import type { en } from './name';

export const zh: typeof en = {
  label: '提问',
  hint: '大家提问和投票，主持人回答。',
};

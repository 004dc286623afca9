import type { en } from './name';

export const zh: typeof en = {
  label: '投票',
  hint: '提问、投票，立刻看到结果。',
};

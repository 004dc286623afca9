import type { en } from './name';

export const zh: typeof en = {
  label: '聊天',
  hint: '边做边聊。',
};

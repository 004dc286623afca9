import type { en } from './words';

/** The words of what calls a person, in Simplified Chinese. */
export const zh: typeof en = {
  title: '通知',
  fresh: '未读',
  none: '这里还没有内容。有人提到你、回复你或呼叫所有人时，会显示在这里。',
  readAll: '全部标为已读',
  untitled: (code) => `房间 ${code}`,
  why: {
    mention: (name) => `${name} 提到了你`,
    reply: (name) => `${name} 回复了你`,
    here: (name) => `${name} 呼叫了所有人`,
    said: (name) => `${name} 说`,
  },
  level: {
    label: '来自此房间',
    hint: '只对你生效，其他人看不到。',
    all: '所有发言',
    mentions: '与你有关的：提到你、回复你、呼叫所有人',
    none: '不通知',
    kept: '已保存。',
  },
  offline: '暂时无法加载列表。请检查网络后重试。',
};

import { speech } from '../../lib/i18n/speech';
import type { en } from './words';

const { list, number } = speech('zh-CN');

export const zh: typeof en = {
  label: '聊天',
  hint: '边做边聊。',
  empty: '还没有消息，打个招呼吧。',
  write: '写消息',
  send: '发送',
  older: '正在加载更早的消息…',
  latest: '回到最新消息',
  fresh: (n) => `${number(n)} 条新消息`,
  typing: (names) => `${list(names)}正在输入…`,
  waiting: '发送中…',
  readOnly: '你可以旁观聊天，参与者才能发言。',
  failed: '无法加载更早的消息。',
  messages: '消息',
};

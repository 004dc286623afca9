import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

export const zh: typeof en = {
  suggest: '提出修改建议',
  stop: '停止建议',
  suggesting: '你正在建议模式，写下的内容要等编辑者接受。',
  may: '你可以阅读，也可以提出修改建议。',
  list: '修改建议',
  of: (name) => `${name}的修改建议`,
  somebody: '有人',
  add: '增加',
  remove: '删除',
  replace: '替换',
  line: '¶',
  accept: '接受',
  reject: '拒绝',
  withdraw: '撤回',
  acceptAll: '全部接受',
  rejectAll: '全部拒绝',
  withdrawAll: '撤回我的全部建议',
  accepted: (n) => `已接受 ${number(n)} 条建议。`,
  rejected: (n) => `已拒绝 ${number(n)} 条建议。`,
  withdrawn: (n) => `已撤回 ${number(n)} 条建议。`,
  close: '关闭建议',
};

import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

export const zh: typeof en = {
  comment: '评论',
  none: '请先选中文字，再添加评论。',
  open: '评论',
  list: '全部评论',
  empty: '还没有评论。选中文字即可评论。',
  onTheText: '正文中的评论',
  resolved: '已解决',
  orphaned: '原文已删除',
  orphan: '这条评论所在的文字已被删除，原文是：',
  of: (name) => `${name}的评论`,
  replies: (n) => `${number(n)} 条回复`,
  write: '写评论',
  reply: '写回复',
  edit: '编辑',
  erase: '删除',
  eraseAsk: '要为所有人删除吗？删除后无法恢复。',
  keep: '保留',
  erased: '已删除',
  edited: '已编辑',
  send: '发送',
  save: '保存',
  saving: '正在保存…',
  cancel: '取消',
  close: '关闭评论',
  resolve: '标记为已解决',
  reopen: '重新打开',
  isResolved: '已解决',
  more: '更多操作',
  mention: '提到某人',
  tooLong: (n) => `超出 ${number(n)} 个字符`,
};

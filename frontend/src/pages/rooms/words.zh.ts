import { speech } from '../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of the page of one's rooms, in Simplified Chinese. */
export const zh: typeof en = {
  title: '你的房间',
  filter: '查找房间',
  filterHint: '输入名称或房间码。',
  none: '你还没有房间。在此设备上创建或加入的房间会显示在这里。',
  start: '创建或加入房间',
  nothing: (text) => `没有名为“${text}”的房间。`,
  pinned: '已固定',
  recent: '最近',
  archived: (n) => `已归档：${number(n)} 个房间`,
  archivedHint: '房间里的人都可以阅读，但不能更改。',
  untitled: (code) => `房间 ${code}`,
  about: (role, when) => `${role} · 最近活动：${when}`,
  pin: (title) => `固定“${title}”`,
  more: (title) => `“${title}”的更多操作`,
  rename: '重命名',
  name: '房间名称',
  archive: '归档',
  archiveHint: '所有人可以阅读，但不能更改。',
  open: '重新开放',
  delete: '删除',
  deleteHint: '所有人都无法再打开。30 天内可以恢复。',
  isDeleted: (title) => `“${title}”已删除。`,
  deleted: (n) => `已删除：${number(n)} 个房间`,
  deletedHint: '所有人都无法打开。彻底清除之前可以恢复。',
  erased: (day) => `${day} 彻底清除`,
  restore: '恢复',
  isArchived: (title) => `“${title}”已归档。`,
};

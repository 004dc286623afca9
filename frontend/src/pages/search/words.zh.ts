import { speech } from '../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of the search, in Simplified Chinese. */
export const zh: typeof en = {
  open: '搜索',
  title: '搜索',
  label: '搜索文档、消息、问题、成员和房间',
  placeholder: '搜索全部内容',
  hint: '输入一个词，结果随输入出现，并保持最新。',
  close: '关闭搜索',
  clear: '清空',
  filters: '筛选',
  results: '搜索结果',
  here: '仅此房间',
  mine: '我发的',
  links: '含链接',
  today: '今天',
  person: '成员',
  direct: '私信',
  room: '房间',
  activity: '标题',
  unknown: '其他',
  recent: '最近搜索',
  forget: '清除记录',
  none: (text) => `没有找到“${text}”。`,
  noneHint: '换几个词，或去掉某个筛选条件再试。只会搜索你有权查看的内容。',
  more: '还有更多结果，再加一个词可以缩小范围。',
  building: '较早的内容仍在读取，读取后会自动出现。',
  offline: '网络已断开，列表可能不是最新的，恢复后会自动更新。',
  count: (n) => `${number(n)} 条结果`,
  untitled: (code) => `房间 ${code}`,
  keys: '移动',
  enter: '打开',
  also: '也可以直接输入 in: from: has:link before: after: type:',
  signIn: '搜索范围是你所在的房间。请先加入或创建一个房间。',
};

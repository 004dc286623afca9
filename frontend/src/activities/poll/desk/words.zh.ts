import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of the host's desk and of the projector, in Simplified Chinese. */
export const zh: typeof en = {
  deck: '题目',
  empty: '写下第一个问题。在你展示之前，别人看不到。',
  add: '添加问题',
  kinds: {
    single: { name: '单选', hint: '每人选择一项。' },
    multiple: { name: '多选', hint: '每人可选多项。' },
    rating: { name: '评分', hint: '在量表上选一个分数。' },
  },
  states: { draft: '未开始', open: '进行中', closed: '已结束' },
  fresh: '新问题',
  unsaved: '未保存',
  onScreen: '正在展示',
  moreFor: (what) => `“${what}”的更多操作`,
  round: (n) => `第 ${number(n)} 轮`,

  next: {
    open: '开始投票',
    openAgain: '重新开始投票',
    close: '结束投票',
    reveal: '公布结果',
    next: '下一题',
    first: '展示第一题',
    finish: '回到加入页面',
    add: '添加问题',
  },

  voted: (voted, here) => `${number(voted)} / ${number(Math.max(voted, here))}`,
  votedLabel: '人已投票',
  openFor: '已进行',
  timeLeft: '剩余',
  extend: '+30 秒',
  extendLabel: '延长 30 秒',

  onlyYou: '结果仅你可见',
  everyone: '结果所有人可见',
  notOnScreen: '这个问题仅你可见',
  isOnScreen: '正在所有屏幕上展示',
  people: (n) => `${number(n)} 人已投票`,

  act: {
    edit: '编辑',
    show: '公布结果',
    hide: '隐藏结果',
    present: '只展示问题，暂不投票',
    off: '从屏幕上撤下',
    again: '再投一轮',
    duplicate: '复制问题',
    up: '上移',
    down: '下移',
    drop: '删除',
    undo: '撤销上一步',
    before: '上一题',
    after: '下一题',
    keys: '快捷键',
  },

  done: {
    closed: '投票已结束。',
    revealed: '结果已向所有人公布。',
    hidden: '结果已隐藏。',
    dropped: '问题已删除。',
    moved: '已移动。',
    saved: '已保存。',
    off: '屏幕上正在显示加入方式。',
  },

  sure: {
    drop: '删除问题和它的选票？',
    dropText: (n) => `已有 ${number(n)} 票。删除后无法恢复。`,
    again: '开始新一轮投票？',
    againText: (n) => `所有人重新投票。本轮的 ${number(n)} 票会保留，但不再显示在屏幕上。`,
    cancel: '保持不变',
  },

  edit: {
    prompt: '问题',
    placeholder: '你想问什么？',
    kind: '作答方式',
    options: '选项',
    option: (letter) => `选项 ${letter}`,
    another: '添加选项',
    removeOption: (letter) => `移除选项 ${letter}`,
    paste: '按回车添加下一项；粘贴多行文本，每行成为一个选项。',
    least: '至少',
    most: '最多',
    from: '从',
    to: '到',
    low: '最低分的含义',
    high: '最高分的含义',
    save: '保存',
    create: '添加到列表',
    cancel: '取消',
    missingPrompt: '请写下你的问题。',
    missingOptions: '请至少填写两个选项。',
    badBounds: '可选数量不对。',
    badScale: '评分需要 2 到 11 级。',
    voted: '已有人投票，内容不能再改。想问别的，请复制后修改。',
    open: '投票进行中，内容不能修改。请先结束投票，或复制一份。',
  },

  timer: {
    label: '限时',
    none: '不限时',
    of: (seconds) => (seconds % 60 === 0 ? `${number(seconds / 60)} 分钟` : `${number(seconds)} 秒`),
  },
  show: {
    label: '结果',
    live: '投票时实时显示',
    closed: '投票结束时公布',
    revealed: '由我公布',
  },
  leading: (n, of) => `${number(of)} 项中得票最多的 ${number(n)} 项`,
  more: (n) => `另有 ${number(n)} 项，请看手机`,
  keyNames: { space: '空格', delete: 'Delete', alt: 'Alt' },
};

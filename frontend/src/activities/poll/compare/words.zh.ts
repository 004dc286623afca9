import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

export const zh: typeof en = {
  title: '对比',
  with: '与谁对比',
  rounds: '上一轮',
  room: '房间',
  here: '本房间',
  before: '之前',
  after: '现在',
  change: '变化',
  what: '回答',
  points: (text) => `${text} 个百分点`,
  right: '正确',
  absent: '当时没有',
  none: '还没有题目结束过两轮。请选择另一个投票，或在已结束的题目下点“再来一轮”。',
  nothing: '这两个投票没有相同的题目。题型和题干都一致才算同一题。',
  noPolls: '那个房间里没有其他投票。',
  only: (which) => `只有${which}有：`,
  hidden: '投票人数太少，没有结果。',
  texts: (n) => `${number(n)} 条回答`,
};

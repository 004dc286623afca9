import { speech } from '../../../lib/i18n/speech';
import type { Words } from './en';

const { number } = speech('zh-CN');

export const zh: Words = {
  asks: { code: '在这里投票需要投票码', account: '只有登录的人才能在这里投票' },
  code: '你的投票码',
  hint: '它在发给你的纸条上。每个码只供一人使用；你投了什么，与没有投票码时一样保密。',
  enter: '去投票',
  empty: '请输入你的投票码。',
  signIn: '登录',
  team: '选择你的队',
  people: (n) => `${number(n)} 人`,
  looking: '请稍候…',
  again: '重试',
  refused: {
    'code-wrong': '投票码不正确。',
    'code-used': '这个投票码已被使用。每个码只供一人使用。',
    'no-codes': '在这里投票不需要投票码。',
  },
};

import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of the demonstration on the start page, in Simplified Chinese. */
export const zh: typeof en = {
  title: '在这里试一试',
  lead: '这是真实功能的缩小版，只在本页运行。和小林一起写，再投一票。',
  notes: '六月计划',
  begin: '九点在车站集合。',
  ben: '小林',
  lines: ['请自带食物和水。', '车票我今天去买。'],
  writes: (name) => `${name} 正在输入…`,
  question: '六月我们去哪里？',
  options: ['湖边', '老城', '山里'],
  voted: (n) => `${number(n)} 人已投票`,
};

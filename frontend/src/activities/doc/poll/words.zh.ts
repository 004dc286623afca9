import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of polls in documents, in Simplified Chinese. */
export const zh: typeof en = {
  name: '投票',
  about: '就此投票',
  title: '在正文中插入投票',
  question: '问题',
  kind: '作答方式',
  start: '插入并开始投票',
  draft: '插入，稍后开始',
  making: '正在创建投票…',
  noPrompt: '请写下问题。',
  noOptions: '至少写两个选项。',
  tooMany: '选项数量超过了这种题型的上限。',
  failed: '投票没有创建成功，内容没有变化。',
  alone: '投票已在房间列表中，但正文暂时不能修改。',
  rights: '看得到这篇文档的人可以直接在文中投票，结果会留在正文里。',

  region: (prompt) => `投票：${prompt}`,
  states: { draft: '尚未开始', open: '进行中', closed: '已结束' },
  voted: (n) => `${number(n)} 人已投票`,
  open: '开始投票',
  close: '结束投票',
  reveal: '公布结果',
  go: '打开投票',
  remove: '从正文中移除投票',
  removed: '投票已从正文中移除，仍保留在房间里。',
  mine: (what) => `你选择了${what}`,
  hidden: '结果尚未公布。',
  away: '这个问题目前没有展示。',
  gone: '这里有一个投票，但它不在这个房间，或者你无权查看。',
  elsewhere: '请在单独的页面中作答。',
};

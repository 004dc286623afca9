import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number, list } = speech('zh-CN');

/** The words of what leaves a poll, in Simplified Chinese. */
export const zh: typeof en = {
  export: '导出',
  book: '电子表格（Excel）',
  bookHint: '结果、逐人作答和测验得分，各占一张工作表。',
  results: '结果（CSV）',
  resultsHint: '所有题目和轮次，与屏幕上一致。',
  answers: '逐人作答（CSV）',
  answersHint: '记名题目中每个人的回答。',
  ballots: '不记名选票（CSV）',
  ballotsHint: '逐张列出，不含名字。',
  report: '报告',
  reportHint: '可打印，或另存为 PDF。',
  png: '本题图表：图片（PNG）',
  svg: '本题图表：矢量图（SVG）',
  recount: '本题选票，用于复核（JSON）',
  recountHint: '不含名字。任何人都能用 plenum recount FILE 重新计票。',
  failed: '这台设备无法绘制图表。',

  print: '打印或另存为 PDF',
  back: '返回题目',
  loading: '正在读取全部选票…',
  again: '重试',
  nothing: '还没有提过问题。提问之后，报告里就有内容了。',
  room: (code) => `房间 ${code}`,
  made: (day, time) => `${day} ${time}`,
  asked: (day, time) => `${day} ${time} 提问`,
  round: (n) => `第 ${number(n)} 轮`,
  open: '仍在进行',
  voted: (n) => `${number(n)} 人已投票`,
  secrecy: { named: '记名', pseudonymous: '访客编号', anonymous: '匿名' },
  decidedBy: (method) => `计票方法：${method}`,
  seats: (n) => `选出 ${number(n)} 项`,
  ties: { shown: '平局保留', order: '平局时列表中靠前者胜出' },
  texts: '所有已展示的回答',
  textsLeft: (n) => `另有 ${number(n)} 条，见电子表格。`,
  roundsLeft: (n) => `更早的 ${number(n)} 轮，见电子表格。`,
  cardsLeft: (n) => `另有 ${number(n)} 条`,
  winners: (how, names) => `${list(names)}：按${how}胜出`,
  tie: (names) => `平局：${list(names)}`,
  chart: (n) => `图表 ${number(n)}`,
};

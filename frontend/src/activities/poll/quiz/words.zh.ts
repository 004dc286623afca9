import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of a quiz for hosts and for the projector, in Simplified Chinese. */
export const zh: typeof en = {
  board: '排行榜',
  podium: '优胜者',
  points: (n) => `${number(n)} 分`,
  place: (n) => `第 ${number(n)} 名`,
  of: (n) => `${number(n)} 人参加`,
  gone: '某人',
  reading: '请先读题',
  answer: (text) => `正确答案：${text}`,
  rank: '名次',
  name: '名字',

  is: '测验题',
  isHint: '有正确答案，答对得分。',
  worth: '分值',
  rightOf: (letter) => `选项 ${letter} 正确`,
  right: '正确',
  pick: '勾选正确的选项。',
  within: '误差在多少以内也算对',
  accept: '正确答案',
  acceptHint: '每行一个，不区分大小写。',
  bad: {
    right: '至少勾选一个正确选项，并留一个错误选项。',
    several: '可选数量必须容得下所有正确选项。',
    truth: '请填写正确答案。',
    accept: '至少写一个正确答案。',
  },
  settings: '测验设置',
  by: '得分依据',
  accuracy: '答对',
  speed: '答对且答得快',
  speedHint: '最后一秒答对得一半分。',
  accuracyHint: '用时长短不影响得分。',
  streak: '连续答对加分',
  streakHint: '连对第二题加 100 分，第三题加 200 分，最多 500 分。',
  readingTime: '作答前的读题时间',
  seconds: (n) => (n === 0 ? '无' : `${number(n)} 秒`),
  more: '给某人更多时间',
  moreHint: '只有主持人和本人能看到。题目会等他们答完，或由你结束。',
  time: { 0: '正常时间', 150: '多一半时间', 200: '两倍时间', '-1': '不限时间' },
  notWhileOpen: '请先结束进行中的题目，再修改设置。',
  nobody: '还没有人进来。',
  sheet: '全部得分',
  total: '总分',
  close: '完成',
};

import { speech } from '../../../lib/i18n/speech';
import type { Words } from './en';

const { number } = speech('zh-CN');

/** The words of dates and grids, in Simplified Chinese. */
export const zh: Words = {
  ask: {
    dates: '逐项选择这个时间你行不行',
    one: '每行选一项',
    several: '每行可选多项',
  },
  todo: { dates: '点一下即可作答。', rows: '点一下即可投票。', all: '每一行都答完后即计入。' },
  answers: { yes: '可以', maybe: '勉强可以', no: '不行', none: '还没有作答' },
  restNo: (n) => `其余 ${number(n)} 项都不行`,
  answered: (n, of) => `已答 ${number(n)} 行，共 ${number(of)} 行`,
  zone: (zone) => `按你所在的时区显示：${zone}`,
  hostZone: (zone) => `按主持人的时区显示：${zone}`,
  hallZone: (zone) => `时区：${zone}`,
  toOwn: '按我的时区显示',
  toHost: '按主持人的时区显示',
  past: '已过',
  best: '最合适',
  tie: '并列最合适',
  bestIs: (names) => `最多人合适：${names}。`,
  rule: '“可以”最多的最合适；一样多时看“勉强可以”的多少；再相同即为并列。',
  add: '加入日历',
  addOf: (what) => `加入日历：${what}`,
  mean: (n) => `平均 ${n}`,
  meanHead: '平均',
  date: '日期',
  statement: '行',
  more: (n) => `还有 ${number(n)} 项，请看手机`,
  leading: (n, of) => `最合适的 ${number(n)} 项，共 ${number(of)} 项`,
  said: (yes, maybe, no) => `${number(yes)} 人可以，${number(maybe)} 人勉强可以，${number(no)} 人不行`,
  secret: {
    pseudonymous: '主持人能看到每张选票，但只显示“访客”编号，绝不显示名字。',
    anonymous: '没有人能看到你怎么投，主持人也不能：投票结束时，选票的密钥即被销毁。',
    few: '满五票后显示结果。',
    held: '投票不足五人，结果不会公布。',
    lost: '这些秘密选票的密钥已丢失，无法计票。',
  },
};

import { speech } from '../../../lib/i18n/speech';
import type { Words } from './en';

const { number, list } = speech('zh-CN');

/** The words of the special forms, in Simplified Chinese. */
export const zh: Words = {
  ask: {
    ranking: (least, most, all) => {
      if (least === all) return '请排出顺序：从最喜欢的开始点';
      if (least === most) return `点出你最喜欢的 ${number(most)} 项，最喜欢的先点`;
      if (most < all) return `最多点 ${number(most)} 项，最喜欢的先点`;
      return '先点最喜欢的，再点下一个，数量不限';
    },
    words: (most) => (most === 1 ? '写一个词或短语' : `最多写 ${number(most)} 个词或短语`),
    wall: (most) => (most === 1 ? '写下你的想法' : `最多写 ${number(most)} 条想法`),
    number: '填写一个数字',
    from: (least) => `填写一个数字，不小于 ${least}`,
    to: (most) => `填写一个数字，不大于 ${most}`,
    between: (least, most) => `填写一个数字，${least} 到 ${most}`,
    points: (n) => `分完全部 ${number(n)} 分`,
  },
  todo: { send: '发送后即计入。', give: '分完全部分数后即计入。', tap: '点一下即可投票。' },
  decided: {
    irv: '逐轮淘汰',
    stv: '可转移单票',
    schulze: '两两对决',
    borda: '积分',
    winners: (how, names) => `胜出（${how}）：${names}。`,
    tie: (how, names) => `平局（${how}）：${names}。`,
  },

  privacy: '主持人能看到你的名字和回答；屏幕上只显示内容，不显示名字。',
  secret: {
    pseudonymous: '主持人能看到每张选票，但只显示“访客”编号，绝不显示名字。',
    anonymous: '没有人能看到你怎么投，主持人也不能：投票结束时，选票的密钥即被销毁。',
    few: '满五票后显示结果。',
    held: '投票不足五人，结果不会公布。',
    lost: '这些秘密选票的密钥已丢失，无法计票。',
  },
  review: '主持人审核后才会展示。',

  rank: {
    free: '（尚未排序）',
    at: (place, of) => `（第 ${number(place)} 位，共 ${number(of)} 位）`,
    up: (what) => `${what}：上移一位`,
    down: (what) => `${what}：下移一位`,
    order: (names) => `你的顺序：${list(names)}`,
    empty: '还没有排序。',
  },

  quiz: {
    worth: (n) => `本题 ${number(n)} 分。`,
    speed: '答得越快得分越高。',
    more: { half: '你的时间多一半。', twice: '你的时间是两倍。', end: '你不限时间。' },
    right: '答对了',
    partly: '部分正确',
    wrong: '没答对',
    none: '你没有作答',
    plus: (n) => `+${number(n)} 分`,
    streak: (n, bonus) => `连对 ${number(n)} 题：+${number(bonus)}`,
    answer: (text) => `正确答案：${text}`,
    place: (points, rank, of) => `${number(points)} 分 · 第 ${number(rank)} 名，共 ${number(of)} 人`,
  },

  texts: {
    label: '你的回答',
    another: '再写一条',
    send: '发送',
    save: '保存',
    edit: (what) => `修改“${what}”`,
    remove: (what) => `删除“${what}”`,
    mine: '你写的内容',
    full: (n) => `${number(n)} 条已全部写完。`,
    same: '这条你已经写过了。',
    left: (n) => `还可输入 ${number(n)} 个字符`,
  },

  cloud: {
    label: '出现最多的回答',
    none: '第一批回答会显示在这里。',
    times: (n) => `${number(n)} 次`,
    more: (n) => `还有 ${number(n)} 条回答`,
    word: '回答',
    people: '人数',
  },
  wall: { label: '最新回答' },

  number: {
    label: '你的数字',
    send: '发送',
    bad: '这里不能填写这个数字。',
    median: '中位数',
    mean: '平均数',
    middle: '中间一半',
    between: (low, high) => `${low} 到 ${high}`,
    truth: '正确答案',
    none: '第一批回答会显示在这里。',
    histogram: '各区间的人数',
    span: (from, below) => `${from} 到 ${below}（不含）`,
    below: (n) => `低于 ${n}`,
    above: (n) => `${n} 及以上`,
    numbers: '数字',
    far: (n) => `${number(n)} 个离其他答案很远`,
  },

  points: {
    left: (n) => `还剩 ${number(n)} 分`,
    all: '已全部分完 ✓',
    less: (what) => `给“${what}”减分`,
    more: (what) => `给“${what}”加分`,
    for: (what) => `给“${what}”的分数`,
    average: (n) => `平均 ${n} 分`,
    averages: '平均得分',
    rest: '剩余分数都给它',
  },
};

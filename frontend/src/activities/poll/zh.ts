import { speech } from '../../lib/i18n/speech';
import type { Words } from './en';

const { number, list, time } = speech('zh-CN');

/** The words of voting, in Simplified Chinese. */
export const zh: Words = {
  place: (n, of) => `第 ${number(n)} 题，共 ${number(of)} 题`,
  votes: (n) => `${number(n)} 票`,
  voted: (n) => `${number(n)} 人已投票`,
  points: (n) => `${number(n)} 分`,
  firsts: (n) => `${number(n)} 人首选`,
  shows: { points: '得分', firsts: '首选票' },
  average: (mean) => `平均 ${mean}`,
  step: (n, low, high) => `${number(n)} 分（${number(low)} 到 ${number(high)} 分）`,
  timeLeft: (seconds) => `剩余 ${number(seconds)} 秒`,

  ask: {
    paused: '投票已暂停，请等待主持人恢复。',
    single: '单选',
    rating: '选择一个分数',
    several: (least, most) => {
      if (least === most) return `选择 ${number(most)} 项`;
      if (least > 1) return `选择 ${number(least)} 到 ${number(most)} 项`;
      return `最多选 ${number(most)} 项`;
    },
  },

  read: (seconds) => `请先读题，${number(seconds)} 秒后可以作答。`,
  right: '正确答案',

  line: {
    tap: '点一下即可投票。',
    more: (n) => `还需选 ${number(n)} 项。`,
    moreCounts: (n) => `还需选 ${number(n)} 项。在此之前，上一次投票有效。`,
    keptOffline: '已存在此设备上，恢复连接后自动发送。',
    kept: '已存在此设备上…',
    sent: '已发送…',
    counted: (at) => (at > 0 ? `已计票 ✓ ${time(at, true)}` : '已计票 ✓'),
    withdrawn: '已撤回投票。',
    refused: (what, why) => `“${what}”未计票。${why}`,
    refusedBare: (why) => `这一票未计入。${why}`,
    still: (what) => `你投给“${what}”的票仍然有效。`,
    draft: '投票即将开始。',
    closed: '投票已结束。',
    closedCounted: (at) => (at > 0 ? `投票已结束。已计票 ✓ ${time(at, true)}` : '投票已结束。你的票已计入 ✓'),
    over: '时间到。',
    looking: '你在旁观，参与者可在此投票。',
    names: (names) => list(names),
  },
  takeBack: '撤回',

  privacy: '主持人能看到你的名字和选票；屏幕上只显示总数。',
  soon: {
    revealed: '结果由主持人公布。',
    closed: '投票结束后公布结果。',
  },

  later: {
    wait: '请稍候…',
    failed: '这种题型加载失败，稍后会自动重试。',
    again: '立即重试',
  },

  waiting: '等待下一题',
  waitingHint: '下一题会自动出现，你可以先放下手机。',
};

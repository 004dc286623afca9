import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { list, number } = speech('zh-CN');

export const zh: typeof en = {
  suggest: '提出修改建议',
  stop: '停止建议',
  suggesting: '你正在建议模式，写下的内容要等编辑者接受。',
  may: '你可以阅读，也可以提出修改建议。',
  list: '修改建议',
  of: (name) => `${name}的修改建议`,
  somebody: '有人',
  add: '增加',
  remove: '删除',
  replace: '替换',
  line: '¶',
  accept: '接受',
  reject: '拒绝',
  withdraw: '撤回',
  acceptAll: '全部接受',
  rejectAll: '全部拒绝',
  withdrawAll: '撤回我的全部建议',
  accepted: (n) => `已接受 ${number(n)} 条建议。`,
  rejected: (n) => `已拒绝 ${number(n)} 条建议。`,
  withdrawn: (n) => `已撤回 ${number(n)} 条建议。`,
  close: '关闭建议',
  vote: {
    title: '由大家决定',
    put: '交给大家表决',
    recall: '收回表决',
    decides: '满足以下条件即决定',
    votes: '人数',
    rule: '规则',
    ruleSide: '人同意，或同样多人反对',
    ruleMajority: '人投票后，按多数决定',
    ask: '开始表决',
    cancel: '取消',
    agree: '同意',
    disagree: '反对',
    side: (n) => `${number(n)} 人同意即接受，${number(n)} 人反对即拒绝。`,
    majority: (n) => `${number(n)} 人投票后，按多数决定。`,
    agreed: (names) => `同意：${list(names)}`,
    disagreed: (names) => `反对：${list(names)}`,
    open: '这里的所有人都能看到谁投了什么。决定之前可以改票。',
    isAccepted: (agree, disagree) =>
      `大家接受了一条建议：${number(agree)} 票同意，${number(disagree)} 票反对。`,
    isRejected: (agree, disagree) =>
      `大家拒绝了一条建议：${number(agree)} 票同意，${number(disagree)} 票反对。`,
    room: '大家',
    accepted: (agree, disagree) => `建议被接受，${number(agree)} : ${number(disagree)}`,
    rejected: (agree, disagree) => `建议被拒绝，${number(disagree)} : ${number(agree)}`,
  },
};

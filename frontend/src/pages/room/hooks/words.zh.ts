import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of webhooks, in Simplified Chinese. */
export const zh: typeof en = {
  title: 'Webhook',
  hint: 'Plenum 会把房间里发生的事告诉您的程序，内容以所有人可见的为限。消息带签名，未送达会重发，绝不透露谁投了什么票。',
  empty: '还没有 Webhook。',
  add: '添加 Webhook',
  url: '地址',
  urlHint: '发送到哪里：https://…',
  what: '在以下时刻通知',
  types: {
    'poll.opened': '投票开始',
    'poll.closed': '投票结束',
    'poll.revealed': '公布结果',
    'qa.listed': '有人提问',
    'qa.approved': '提问通过审核',
    'qa.answered': '提问得到回答',
    ping: '测试',
  },
  none: '请至少选择一项。',
  save: '添加',
  secret: '密钥',
  once: '请立即复制：只显示这一次。您的程序用它校验签名。',
  ping: '发送测试',
  pinged: '测试正在发送。',
  rotate: '更换密钥',
  rotated: '一天之内两个密钥都有效。',
  both: (day, time) => `旧密钥有效至 ${day} ${time}`,
  remove: '删除',
  removed: 'Webhook 已删除。',
  on: '重新启用',
  fresh: '还没有发送过',
  fine: (status, time) => `最近的应答 ${status}，${time}`,
  failed: (status, time) => (status === 0 ? `没有应答，${time}` : `失败（${status}），${time}`),
  waiting: (n) => `${number(n)} 条等待发送`,
  next: (time) => `下次重试 ${time}`,
  off: {
    gone: '已停用：接收方表示已不存在（410）。',
    failing: '已停用：一天之内没有一条送达。',
    address: '已停用：该地址不允许访问。',
    full: '已停用：等待发送的太多。',
  },
  log: '发送记录',
  states: { waiting: '等待', done: '已送达', dropped: '已不再对所有人可见' },
  tries: (n) => `尝试 ${number(n)} 次`,
  again: '重新发送',
  took: (ms) => `${number(ms)} 毫秒`,
  nothing: '还没有记录。',
};

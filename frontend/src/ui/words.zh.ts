import { speech } from '../lib/i18n/speech';
import type { en } from './words';

const { number, list } = speech('zh-CN');

/** The words of parts, in Simplified Chinese. */
export const zh: typeof en = {
  state: {
    saved: '已保存',
    saving: '保存中…',
    connecting: '连接中…',
    offline: '离线',
    kept: (n) => `离线：${number(n)} 处更改保存在此设备上`,
    unkept: (n) => `${number(n)} 处更改尚未保存，此设备也无法保留。请不要关闭页面。`,
  },

  people: {
    here: (n) => `${number(n)} 人在线`,
    named: (here, names, more) =>
      `${here}：${list(more > 0 ? [...names, `另外 ${number(more)} 人`] : names)}`,
  },

  results: {
    option: '选项',
    votes: '票数',
    share: '占比',
    count: (n) => `${number(n)} 票`,
    of: (n, share) => `${number(n)} · ${share}`,
    right: '正确答案',
    mine: '你的选择',
    none: '还没有人投票。',
    marked: (name, marks) => `${name}（${marks}）`,
  },

  scale: {
    point: (n, of) => `${number(n)}，共 ${number(of)} 级`,
    end: (point, means) => `${point}：${means}`,
  },

  clock: {
    left: (seconds) => `剩余 ${number(seconds)} 秒`,
    over: '时间到',
  },

  password: { show: '显示密码' },

  qr: (address) => `${address} 的二维码`,
};

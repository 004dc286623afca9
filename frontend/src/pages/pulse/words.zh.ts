import { speech } from '../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of the pulse, in Simplified Chinese. */
export const zh: typeof en = {
  title: '现场反应',
  reactions: '表情回应',
  names: {
    up: '赞',
    heart: '爱心',
    clap: '鼓掌',
    laugh: '大笑',
    think: '思考',
    party: '庆祝',
  },
  lost: '我跟不上',
  lostHint: '主持人只看到人数，看不到是谁。一分钟后自动取消。',
  people: (lost, here) => `${number(here)} 人中有 ${number(lost)} 人跟不上`,
  curve: (most) => `最近五分钟最多 ${number(most)} 人`,
  clear: '清除',
  show: '显示跟不上的人数',
  hide: '隐藏跟不上的人数',
};

import { speech } from '../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of the projector's page, in Simplified Chinese. */
export const zh: typeof en = {
  join: '访问',
  code: '房间码',
  scan: '扫码加入，无需安装应用',
  welcome: '用手机加入',
  nobody: '还没有人加入。',
  here: (n) => `${number(n)} 人在线`,
  more: (n) => `另外 ${number(n)} 人`,
  offline: '连接已断开，恢复后此屏幕会自动继续。',
  controls: '屏幕',
  full: '全屏',
  window: '退出全屏',
  dark: '深色',
  light: '浅色',
  help: '快捷键',
  back: '返回房间',
  next: '下一步（主持人）',
  keys: { space: '空格、→' },
};

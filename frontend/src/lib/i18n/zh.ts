import type { en } from './en';
import { speech } from './speech';

const { number } = speech('zh-CN');

/** The words of the shell, in Simplified Chinese. */
export const zh: typeof en = {
  product: 'Plenum',
  promise: '一起写，一起定。',
  close: '关闭',
  undo: '撤销',
  copy: '复制',
  copied: '已复制',
  remove: (what) => `移除“${what}”`,
  optional: '（选填）',
  you: '你',
  loading: '加载中…',

  home: {
    title: 'Plenum：一起写，一起定',
    lead: '文档、投票、聊天，都在同一个实时房间。无需注册。',
    join: '加入房间',
    joinButton: '加入',
    joinHint: '输入六位房间码，或粘贴链接。',
    code: '房间码',
    looking: '正在查找房间…',
    found: (title, people) => `${title} · ${number(people)} 人在线`,
    locked: '房间已锁定，需要主持人让你进入。',
    start: '新建房间',
    startButton: '新建房间',
    roomTitle: '房间主题',
    name: '你的名字',
    nameHint: '房间里的其他人会看到这个名字。',
    nameMissing: '请填写你的名字。',
    starting: '正在新建…',
    recent: '此设备上的房间',
    recentEmpty: '打开过的房间会出现在这里，方便你回来。',
    forget: (title) => `从列表中移除“${title}”`,
    forgotten: (title) => `已从列表中移除“${title}”。`,
    lastHere: (when) => `${when}打开`,
    install: '安装',
    untitled: (code) => `房间 ${code}`,
  },

  code: {
    incomplete: (missing) => `还差 ${number(missing)} 位。`,
    tooLong: '房间码是六位字母和数字。',
  },

  theme: {
    label: '外观',
    auto: '跟随系统',
    light: '浅色',
    dark: '深色',
  },

  language: '语言',

  unreachable: '无法连接服务器。请检查网络后重试。',
  wentWrong: '页面出了点问题。请重新加载，你写的内容不会丢失。',
  pageMissing: '页面加载失败。请检查网络后重试。',
  tryAgain: '重试',
};

import { speech } from '../../../lib/i18n/speech';
import type { en } from './host';

const { number } = speech('zh-CN');

export const zh: typeof en = {
  who: '谁可以投票',
  hint: '对整个投票有效，从第一票起不能再改。',
  fixed: '已经有人开始投票，不能再改。如需更改，请复制这个投票。',
  by: {
    '': {
      name: '房间里的每个人',
      hint: '每台设备、每个个人链接或账户一票。简便，适合彼此信任的人。',
    },
    code: { name: '有投票码的人', hint: '由你发放投票码，可印在纸上或通过邮件发送，每个码供一人使用。' },
    account: { name: '已登录的人', hint: '本服务器的每个账户一票。' },
  },
  hall: { code: '请用投票码投票', account: '登录后投票' },
  used: (used, made) => `已使用 ${number(used)} / ${number(made)} 个投票码`,
  none: '还没有投票码。没有投票码，谁都无法投票。',
  how: '投票码的数量',
  make: (n) => `生成 ${number(n)} 个投票码`,
  making: (n, of) => `已生成 ${number(n)} / ${number(of)} 个…`,
  once: '这些投票码只在此刻显示，请打印或保存。服务器保存的内容无法还原成投票码。',
  title: '投票码',
  sheet: (room) => `房间 ${room} 的投票码`,
  print: '打印',
  save: '保存为 CSV',
  head: '投票码',
  done: '完成',
  sure: '不保存就关闭吗？它们不会再次显示。',
  close: '关闭',
  back: '返回',
  cancel: '作废未使用的投票码',
  cancelHint: '丢失的纸条从此无效。已使用的投票码仍然有效。',
};

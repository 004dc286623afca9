import type { en } from './en';

/** The words of the phone's page, in Simplified Chinese. */
export const zh: typeof en = {
  noCode: '链接里没有房间码，请重新索取链接。',
  start: '返回首页',
  opening: '正在打开房间…',
  connecting: '连接中…',
  offline: '离线',
  untitled: (code) => `房间 ${code}`,
  more: '聊天和文档',
  again: '重试',
  react: '表情回应',
  reactions: {
    up: '赞',
    heart: '爱心',
    clap: '鼓掌',
    laugh: '大笑',
    think: '思考',
    party: '庆祝',
  },
  lost: '我跟不上',

  enter: {
    name: '你的名字',
    hint: '房间里的其他人会看到这个名字。',
    join: '加入',
    passcode: '房间口令',
    missing: '请填写你的名字。',
    locked: '房间已锁定，需要主持人让你进入。',
  },

  door: {
    asks: '主持人会确认进入的人。',
    accounts: '只有登录用户可以进入，请先在首页登录。',
    waits: '等待主持人让你进入',
    waitsHint: '请不要关闭此页面，获准后会自动进入房间。',
  },

  elsewhere: {
    title: (what) => `正在展示“${what}”`,
    untitled: '正在展示其他内容',
    text: '打开房间即可参与。下一题会自动出现在这里。',
    open: '打开房间',
    survey: '回答问卷',
  },

  waiting: '你已加入',
  waitingHint: '第一题会自动出现在这里。',

  ended: {
    removed: '主持人已将你移出房间。',
    over: '主持人已暂时结束这个房间，内容都已保留。',
    deleted: '这个房间已被删除。',
    enter: '房间已不认识此设备，请重新加入。',
    'signed-out': '此设备已退出登录。请重新加入，或先登录。',
    'no-room': '没有这个房间，请检查房间码。',
    noRoomHint: '房间码是六位字母和数字，请再看一眼屏幕。',
    protocol: '页面版本过旧，请重新加载。',
    closed: '连接已结束，请重新加载页面。',
    reload: '重新加载',
  },
};

import type { en } from './words';

/** The words of what calls a person, in Simplified Chinese. */
export const zh: typeof en = {
  title: '通知',
  fresh: '未读',
  none: '这里还没有内容。有人提到你、回复你或呼叫所有人时，会显示在这里。',
  readAll: '全部标为已读',
  untitled: (code) => `房间 ${code}`,
  why: {
    direct: (name) => `${name} 给你发来私信`,
    mention: (name) => `${name} 提到了你`,
    reply: (name) => `${name} 回复了你`,
    here: (name) => `${name} 呼叫了所有人`,
    said: (name) => `${name} 说`,
  },
  level: {
    label: '来自此房间',
    hint: '只对你生效，其他人看不到。',
    all: '所有发言',
    mentions: '提到你、回复你、呼叫所有人',
    none: '不通知',
  },
  settings: '设置',
  kept: '已保存。',
  device: {
    title: '此设备',
    on: '有人找你时，此设备会发出提醒，即使没有打开页面。',
    off: '没有打开页面时，如果有人找你，此设备可以提醒你。浏览器会先询问你是否允许。',
    denied: '浏览器不允许此网站发送通知。请在浏览器的网站设置中允许，然后回到这里。',
    insecure: '只有通过加密连接打开的网站才能让设备发出提醒，当前页面不是。上方的列表仍可照常使用。',
    unable: '此浏览器无法提醒。如果使用苹果手机或平板，请先将本站添加到主屏幕。上方的列表仍可照常使用。',
    turnOn: '让此设备提醒我',
    turnOff: '此设备不再提醒',
    failed: '暂时无法连接浏览器的推送服务。请稍后重试。',
  },
  mail: {
    title: '未读通知发送到邮箱',
    hint: '一段时间未读才会发送，四小时内最多一封。',
  },
  quiet: {
    title: '免打扰时段',
    hint: '你的设备都不会提醒，通知会留在列表中。',
    from: '从',
    to: '到',
    zone: (zone) => `时区：${zone}`,
    wrong: '开始和结束时间不能相同。',
  },
  offline: '暂时无法加载列表。请检查网络后重试。',
};

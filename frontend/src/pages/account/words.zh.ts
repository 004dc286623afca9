import { speech } from '../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of signing in and of accounts, in Simplified Chinese. */
export const zh: typeof en = {
  title: '账户',
  signIn: '登录',
  mine: '我的账户',
  email: '邮箱',
  password: '密码',

  enter: {
    title: '登录后，房间随身带',
    lead: '参与或主持都无需账户。有了账户，换任何设备都能找回你的房间。',
    ways: '登录或注册',
    create: '注册账户',
    creating: '正在注册…',
    signingIn: '正在登录…',
    passwordHint: '至少 8 个字符，可以用几个不相关的词组成。',
    emailHint: '仅用于登录。系统不会发送邮件，因此也无法通过邮件找回密码。',
    emailMailed: '我们会发一封确认邮件，忘记密码时可凭它找回。',
    emailMissing: '请输入邮箱地址。',
    passwordMissing: '请输入密码。',
    short: '密码至少需要 8 个字符。',
    keeps: (n) => `你在此设备上加入的 ${number(n)} 个房间会一并保留。`,
    leaves: (n) =>
      `你在此设备上以访客身份加入了 ${number(n)} 个房间。登录后，这些房间不会转到你的账户。如需保留，请先在房间的“分享”中生成主持人链接，登录后再打开。`,
    forgot: '忘记密码？请联系服务器管理员重设。',
    forgotten: '忘记密码？',
  },

  letter: {
    title: '重设密码',
    lead: '我们会发一封邮件，在任意设备上打开其中的链接即可设置新密码。',
    send: '发送邮件',
    back: '返回',
    onItsWay: (email) => `如果 ${email} 已注册账户，邮件正在路上。链接一小时内有效。没收到？请看看垃圾邮件。`,
    choose: '设置新密码',
    chooseLead: '其他设备都会退出登录，此设备会保持登录。',
    set: '设置密码',
    done: '密码已设置，你已登录。',
    confirmed: (email) => `${email} 已确认。`,
    again: '重新发送链接',
    onward: '前往账户',
  },

  passkeys: {
    title: '通行密钥',
    lead: '用指纹、面容或锁屏密码登录，无需密码。密钥只保存在你的设备上，服务器上没有可被盗用的内容。',
    add: '添加通行密钥',
    added: '通行密钥已添加，下次可用它登录。',
    notMade: '未创建通行密钥，此设备可能已有一个。',
    notHere: '通行密钥需要加密的网址和较新的浏览器。',
    about: (day, used) => (used ? `${day}添加 · 上次使用：${used}` : `${day}添加`),
    drop: '移除',
    dropOf: (device) => `移除通行密钥：${device}`,
    dropped: '通行密钥已移除，请在设备上也将其删除。',
    signIn: '用通行密钥登录',
    none: '未使用通行密钥。请重试，或用密码登录。',
  },

  identity: {
    title: '统一身份认证',
    signIn: (provider) => `用 ${provider} 登录`,
    lead: (provider) => `今后可以用 ${provider} 登录，密码仍然有效。`,
    connect: (provider) => `关联 ${provider}`,
    connected: (provider, day) => `可以用 ${provider} 登录（${day}关联）。`,
    drop: '取消关联',
    dropped: '已取消关联。',
    other: '之前使用的身份认证',
    turnedAway: '你没有在那里登录，一切保持不变。',
    fresh: '此账户没有密码。原本需要密码的操作，可在登录后十分钟内进行。',
  },

  second: {
    title: '两步验证',
    lead: '即使别人知道你的密码也无法登录：登录时还需输入手机验证器应用中的动态码。',
    begin: '开始设置',
    scan: '用验证器应用扫描，或手动输入密钥，然后填写应用中显示的动态码。',
    secret: '密钥',
    code: '动态码',
    confirm: '确认',
    recovery: '请妥善保存这些恢复码，例如抄在纸上。手机丢失时，每个恢复码可用于登录一次。此处只显示这一次。',
    kept: '我已保存',
    on: (left) => `已开启，剩余 ${number(left)} 个恢复码。`,
    end: '关闭两步验证',
    ended: '已关闭，现在只需密码即可登录。',
    asked: '动态码或恢复码',
  },

  address: {
    title: '更换邮箱',
    unconfirmed: '邮箱尚未确认，请打开邮件中的链接。',
    again: '重新发送',
    sent: (email) => `邮件已发往 ${email}。`,
    next: '新邮箱',
    button: '更换邮箱',
    mailed: (email) => `请打开发往 ${email} 的邮件中的链接，在此之前仍使用原邮箱。`,
    done: '邮箱已更换。',
  },

  export: {
    title: '你的数据',
    lead: '此服务器保存的与你有关的全部内容，打包为一个压缩文件：你的账户、房间、你在其中做过的事，以及你上传的文件。秘密投票不记名，因此不包含在内。',
    button: '下载我的数据',
  },

  delete: {
    title: '删除账户',
    lead: '你的邮箱、密码和通行密钥将被删除，所有设备都会退出登录。你在房间中写下的内容会以你的名字保留。你拥有的房间将不再有房主，请先在“成员”中移交给他人。',
    button: '永久删除账户',
    sure: '再按一次就会删除，无法恢复。',
    done: '你的账户已删除。',
  },

  since: (day) => `注册于 ${day}`,
  signOut: '退出登录',
  signedOut: '你已退出登录。',
  home: '查看我的房间',

  devices: {
    title: '已登录的设备',
    here: '此设备',
    unknown: '未知设备',
    since: (day) => `${day}登录`,
    both: (day, seen) => `${day}登录 · 上次使用：${seen}`,
    end: (device) => `退出登录：${device}`,
    endOne: '退出登录',
    endOthers: '退出所有其他设备',
    ended: (device) => `已退出 ${device} 的登录。`,
    othersEnded: '已退出所有其他设备。',
  },

  change: {
    title: '修改密码',
    former: '当前密码',
    next: '新密码',
    button: '修改密码',
    first: '设置密码',
    done: '密码已修改，其他设备均已退出登录。',
  },

  room: {
    title: '你的房间',
    every: '全部房间',
    active: (role, when) => `${role} · 最近活动：${when}`,
    roles: {
      viewer: '观看',
      participant: '投票和聊天',
      editor: '可编辑',
      host: '主持人',
      owner: '房主',
    },
  },
};

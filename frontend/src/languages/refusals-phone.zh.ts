/** By the code of the refusal: those that the phone's page can meet, which carries no others. */
export const refusals: Record<string, string> = {
  // The room's
  malformed: '无法识别这条请求。',
  unknown: '这个房间不支持该操作。',
  'no-room': '没有这个房间，请检查房间码。',
  'no-activity': '房间里没有这项内容。',
  'not-member': '你不在这个房间里。',
  removed: '主持人已将你移出房间。',
  locked: '房间已锁定，请联系主持人让你进入。',
  ended: '主持人已暂时结束这个房间。内容都已保留，之后可以重新开放。',
  deleted: '这个房间已被删除。',
  passcode: '这个房间需要口令，请询问邀请你的人。',
  'passcode-wrong': '口令不正确。',
  archived: '房间已归档，只能阅读。房主可以重新开放。',
  full: '房间已满。',
  role: '你的身份不能进行此操作。',
  frozen: '主持人已暂停编辑，请稍候。',
  quiet: '聊天和提问已暂时关闭，请稍候。',
  paused: '投票已暂停，请等待主持人恢复。',
  muted: '主持人已将你禁言。',
  still: '主持人已关闭表情回应。',
  slow: '慢速模式：请稍候再发言。',
  waiting: '请等待主持人让你进入。',
  'turned-away': '主持人没有让你进入。',
  accounts: '只有登录用户可以进入这个房间。',
  'waiting-full': '等待的人太多，请稍后再试。',
  'too-big': '内容太大，无法发送。',
  broken: '操作失败，重试也无法解决。',
  peer: '这些更改属于其他人。',
  newer: '这个房间由更新版本的 Plenum 创建。',
  settled: '这项操作早已处理完毕。',
  protocol: '页面版本过旧，请重新加载。',
  busy: '房间繁忙，稍后会自动重新发送。',
  rate: '操作太快，稍后会自动重新发送。',
  order: '正在等待前一项操作完成。',
  loading: '正在打开这项内容。',
  moving: '正在重新打开房间，稍后会自动重新发送。',
  name: '名字不能为空，也不能太长。',

  // The site's
  token: '你还没有进入房间，请先加入。',
  origin: '请求来自其他网站，已被拒绝。',
  tries: '尝试次数过多，请稍候再试。',
  crowded: '连接过多，请关闭一些页面，或一分钟后再试。',
  restart: '服务器正在重启，请稍后再来。',
  'not-found': '这里没有内容。',
  method: '此处不支持这种请求。',
  'content-type': '请求必须使用 application/json 格式。',
  storage: '暂时无法保存，请稍后再试。',
  upgrade: '此地址仅用于 WebSocket 连接。',

  // This page's own
  offline: '无法连接服务器。',
  http: '服务器没有正常响应，请稍后再试。',

  // Votes
  'no-question': '这个问题已不存在。',
  draft: '这个问题尚未开放投票。',
  closed: '这个问题现在不接受投票。',
  'secret-lost': '这次秘密投票的密钥已丢失，不能再加入选票，请开始新一轮。',
  round: '这一票属于另一轮投票。',
  options: '选项不符合要求。',
  score: '分数不在评分范围内。',
  form: '这个问题需要用另一种方式回答。',
  answers: '每人可以写 1 到 10 条。',
  'many-answers': '超出了这个问题允许的条数。',
  word: '每条回答需要 1 到 60 个字符。',
  'wall-answer': '每条回答需要 1 到 500 个字符。',
  'missing-rows': '有必须作答的行还没有作答。',
  'missing-items': '有必须放置的项目还没有放置。',
  place: '这个位置不在两条轴之间。',
  pins: '标记必须在图上：至少一个，且不超过题目允许的数量。',
  'same-answer': '这条你已经写过了。',
  number: '这个数字超出了问题的范围。',
  points: '必须把所有分数正好分完。',
};

/** Why something was refused, in Simplified Chinese; nothing for a code of a newer server. */
export function told(
  { because, after }: { because: string; after?: number },
  all = refusals,
): string | undefined {
  if (because === 'slow' && after) return `慢速模式：请在 ${Math.ceil(after / 1000)} 秒后再发言。`;
  return all[because.replace(/^http-\d+$/, 'http')];
}

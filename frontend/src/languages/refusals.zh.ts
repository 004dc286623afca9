/** By the code of the refusal; a test looks for every code that there is. */
export const refusals: Record<string, string> = {
  // The room's
  malformed: '无法识别这条请求。',
  unknown: '这个房间不支持该操作。',
  'no-room': '没有这个房间，请检查房间码。',
  'no-activity': '房间里没有这项内容。',
  'not-member': '你不在这个房间里。',
  removed: '主持人已将你移出房间。',
  locked: '房间已锁定，请联系主持人让你进入。',
  full: '房间已满。',
  role: '你的身份不能进行此操作。',
  brake: '主持人已暂停此功能。',
  'too-big': '内容太大，无法发送。',
  broken: '操作失败，重试也无法解决。',
  peer: '这些更改属于其他人。',
  newer: '这个房间由更新版本的 Plenum 创建。',
  key: '链接已失效，请向主持人索取新链接。',
  settled: '这项操作早已处理完毕。',
  protocol: '页面版本过旧，请重新加载。',
  busy: '房间繁忙，稍后会自动重新发送。',
  rate: '操作太快，稍后会自动重新发送。',
  order: '正在等待前一项操作完成。',
  loading: '正在打开这项内容。',
  moving: '正在重新打开房间，稍后会自动重新发送。',
  title: '标题太长了。',
  name: '名字不能为空，也不能太长。',
  activities: '房间里的内容已达上限。',
  links: '链接数量已达上限，请先停用一个。',
  kind: '服务器不支持这种内容。',
  settings: '这些设置不适用于此内容。',
  hidden: '观众看不到此内容，请先设为可见。',
  'no-member': '这个人不在房间里。',
  owner: '房主身份不能更改。',
  copy: '此内容不能复制。',

  // What a search was not asked for as it was typed
  'query-long': '只搜索前 200 个字符。',
  'too-many': '只搜索前 16 个词。',
  'unknown-filter': '没有这个筛选条件，已按普通文字搜索。',
  'unknown-type': '没有这种类型的内容。',
  'unknown-has': '只能搜索 has:link（含链接）。',
  'bad-date': '日期请写成 2026-11-25，或 today、yesterday。',

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

  // Chat
  empty: '请先写点什么。',
  'too-long': '消息超过 16,000 个字符，请分几次发送。',
  'bad-text': '其中含有无法识别的字符。',
  limit: '每次可读取 1 到 100 条消息。',

  // Documents
  behind: '文档变化太大，请基于最新内容修改。',
  text: '更改中含有无法识别的字符。',
  length: '更改与文档内容不符。',
  format: '文档不支持这种格式。',
  versions: '一个文档最多有 500 个命名版本，请先移除一个名称。',
  'version-name': '版本名称需要 1 到 100 个字符。',
  'no-revision': '文档还没有这个版本。',
  'no-version': '这个版本已没有名称。',
  preparing: '正在准备历史记录，请稍候。',
  parts: '每次可读取 1 到 500 段。',
  range: '文档没有这些版本。',

  // Polls
  recount: '无法在此处读取选票。',
  'no-question': '这个问题已不存在。',
  voted: '已有人投票，请另建新问题。',
  open: '投票正在进行，请先结束投票。',
  draft: '这个问题尚未开放投票。',
  closed: '这个问题现在不接受投票。',
  shown: '结果已经公布，请开始新一轮投票。',
  round: '这一票属于另一轮投票。',
  options: '选项不符合要求。',
  score: '分数不在评分范围内。',
  questions: '一个投票最多有 100 个问题。',
  prompt: '问题需要 1 到 1,000 个字符。',
  option: '每个选项需要 1 到 200 个字符。',
  bounds: '至少选 1 项，最多选择全部选项。',
  scale: '评分需要 2 到 11 级，标签最多 60 个字符。',
  seconds: '计时最长 3,600 秒。',
};

/** Why something was refused, in Simplified Chinese; nothing for a code of a newer server. */
export function told({ because }: { because: string }): string | undefined {
  return refusals[because.replace(/^http-\d+$/, 'http')];
}

import type { en } from './words';

const settle = '处理评论';
const own = '修改和删除自己的消息';
const ordering = '添加、排序、重命名、隐藏和移除内容';
const comers = '决定谁可以进入';
const brake = '暂停编辑、聊天和投票';
const sort = '整理提问';
const answer = '回答提问';
const voting = '开始和结束投票';
const results = '公布和隐藏结果';
const prepare = '准备题目';
const quiz = '设置测验规则';
const reading = '先行审阅文字回答';
const amend = '修改和删除自己的评论';

const source = {
  change: '编辑',
  name: '命名版本',
  unname: '命名版本',
  import: '导入文件',
};

const doc = {
  ...source,
  suggest: '提出修改建议',
  put: '把建议交给大家表决',
  recall: '把建议交给大家表决',
  vote: '为建议投票',
  comment: '评论',
  reply: '评论',
  amend,
  erase: amend,
  resolve: settle,
  reopen: settle,
};

/** The words of who may do what, in Simplified Chinese. */
export const zh: typeof en = {
  title: '谁可以做什么',
  lead: '每个人都能看到对自己可见的内容，并拥有上方各项权限。',
  room: '房间',
  direct: '私信',
  you: '你',
  nothing: '没有更多权限。',
  roles: {
    viewer: '所有人',
    participant: '可投票和聊天的人',
    editor: '可编辑的人',
    host: '主持人',
    owner: '房主',
  },
  may: {
    lobby: {
      title: '修改房间名称',
      add: ordering,
      rename: ordering,
      place: ordering,
      show: ordering,
      bin: ordering,
      restore: ordering,
      duplicate: ordering,
      focus: '把内容展示给所有人',
      lock: comers,
      codeRole: comers,
      door: comers,
      admit: comers,
      refuse: comers,
      revoke: '生成和停用邀请链接',
      unscreen: '生成和停用屏幕链接',
      remove: '移出成员和允许其重新进入',
      readmit: '移出成员和允许其重新进入',
      role: '更改成员身份',
      hand: '转让房间',
      brake,
      slow: brake,
      mute: '禁言',
      keep: '设置单次更改保留多久',
      end: '为所有人结束房间，并重新开放',
      archive: '归档房间，并重新开放',
      delete: '删除和恢复房间',
      name: '修改自己的名字',
    },
    chat: {
      say: '发消息',
      edit: own,
      delete: own,
      react: '回应消息',
      pin: '置顶消息',
      read: '标记已读消息',
    },
    direct: {
      say: '单独写给某人',
      edit: own,
      delete: own,
      react: '回应消息',
      read: '阅读写给自己的私信并标记已读',
      block: '屏蔽他人',
    },
    doc,
    source: { ...source, code: '选择代码的语言' },
    poll: {
      write: prepare,
      import: prepare,
      drop: prepare,
      move: prepare,
      present: '选择展示的题目',
      open: voting,
      extend: voting,
      close: voting,
      again: voting,
      reveal: results,
      hide: results,
      rank: results,
      teams: quiz,
      shuffle: quiz,
      team: '加入一队',
      strength: '设定谁可以投票，并生成投票码',
      issue: '设定谁可以投票，并生成投票码',
      cancel: '设定谁可以投票，并生成投票码',
      redeem: '投票',
      approve: reading,
      withhold: reading,
      rules: quiz,
      allow: '给部分人更多时间',
      vote: '投票',
    },
    qa: {
      ask: '提问',
      edit: '修改和撤回自己的提问',
      withdraw: '修改和撤回自己的提问',
      vote: '为提问投票',
      approve: sort,
      hold: sort,
      dismiss: sort,
      restore: sort,
      merge: sort,
      pin: sort,
      answer,
      take: answer,
      reopen: answer,
      set: '设置提问方式',
    },
    survey: {
      begin: '作答',
      save: '作答',
      send: '作答',
      write: '编写问卷',
      drop: '编写问卷',
      move: '编写问卷',
      set: '编写问卷',
      open: '开放和结束问卷',
      close: '开放和结束问卷',
      draft: '开放和结束问卷',
      share: '向所有人显示结果',
    },
  },
};

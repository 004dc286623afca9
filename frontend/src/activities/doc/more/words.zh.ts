import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of what makes writing easier, in Simplified Chinese. */
export const zh: typeof en = {
  more: '文档的更多操作',
  export: {
    markdown: '导出为 Markdown',
    html: '导出为网页',
    word: '导出为 Word 文件',
    text: '导出为纯文本',
    hint: '保留标题、列表和链接',
    wordHint: '保留评论和修订建议',
    wordMissing: (n) => `有 ${number(n)} 张图片无法放入文件，已用文字说明代替。`,
    wordFailed: '无法生成 Word 文件，请重试。',
    textHint: '只有文字',
    print: '打印或存为 PDF',
  },
  find: {
    open: '查找和替换',
    label: '在文档中查找',
    with: '替换为',
    matchCase: '区分大小写',
    wholeWord: '全词匹配',
    next: '下一个',
    previous: '上一个',
    one: '替换',
    all: '全部替换',
    none: '没有找到',
    of: (at, all) => `第 ${number(at)} 个，共 ${number(all)} 个`,
    replaced: (n) => `已替换 ${number(n)} 处。`,
  },
  outline: {
    open: '大纲',
    empty: '标题会显示在这里。行首输入 # 加空格即可添加标题。',
    here: '正在编辑',
    to: (name) => `跳到 ${name} 的位置`,
    follow: (name) => `跟随${name}`,
    following: (name) => `正在跟随${name}`,
    stop: '停止',
    words: (n) => `${number(n)} 词`,
    characters: (n) => `${number(n)} 字符`,
    selected: '选中',
    untitled: '无标题',
  },
  slash: {
    label: '将此行变为',
    none: '没有匹配的项',
  },
  begin: {
    with: '从模板开始',
    agenda: '会议议程',
    minutes: '会议纪要',
    retrospective: '复盘',
    brainstorm: '头脑风暴',
    file: '导入文件…',
  },
  files: {
    add: '导入文件',
    addHint: '把 Word、Markdown、网页或纯文本变成文档。',
    kinds: '只有 Word（.docx）、Markdown、HTML 和文本文件可以变成文档。',
    failed: '无法读取这个文件。',
    reading: (name) => `正在读取 ${name}…`,
  },
  templates: {
    agenda:
      '# 会议议程\n日期：\n参会人：\n## 目标\n会议结束时要定下来的事：\n## 议题\n1. 开场（5 分钟）\n1. \n1. \n1. 下一步（5 分钟）\n## 会前准备\n[] ',
    minutes:
      '# 会议纪要\n日期：\n出席：\n记录人：\n## 讨论内容\n- \n## 决定\n- \n## 待办\n[] 谁，做什么，何时完成',
    retrospective:
      '# 复盘\n发生了什么，学到了什么，要改变什么。\n## 做得好的\n- \n## 做得不好的\n- \n## 仍有疑问的\n- \n## 接下来要尝试的\n[] 谁，做什么，何时完成',
    brainstorm:
      '# 头脑风暴\n> 先多想，后评判。可以在别人的想法上继续。\n## 问题\n## 想法\n- \n- \n- \n## 最好的几个\n1. ',
  },
};

import type { en } from './words';

/** The words of Markdown documents, in Simplified Chinese. */
export const zh: typeof en = {
  text: '文档的源文本',
  empty: '用 Markdown 写点什么吧，房间里的所有人都能立刻看到。',
  emptyCode: '写点代码吧，房间里的所有人都能立刻看到。',
  code: '代码',
  codeHint: '一个代码文件，按其语言显示。',
  language: '本文档的语言',
  plain: '纯文本',
  save: (end) => `保存为 ${end}`,
  heading: '标题',
  look: '显示内容',
  write: '源文本',
  both: '源文本和预览',
  read: '预览',
  preview: '显示效果',
  nothing: '写下的内容会在这里显示效果。',
  toRich: '转换为文档',
  toRichHint: '新建一份，原来的保持不变',
  toSource: '转换为 Markdown 文档',
  toSourceHint: '新建一份，下划线、历史和批注留在原文档',
  made: (title) => `“${title}”已加入列表。`,
  untitled: '文档',
  failed: '没有成功，请重试。',
};

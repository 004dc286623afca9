import { speech } from '../../lib/i18n/speech';
import type { en } from './words';

const { number } = speech('zh-CN');

/** The words of documents, in Simplified Chinese. */
export const zh: typeof en = {
  label: '文档',
  hint: '一起写：笔记、纪要、方案。',
  empty: '写点什么吧，房间里的所有人都能立刻看到。',
  emptyReader: '这里还没有内容。有人开始写，你就会看到。',
  text: '文档正文',
  keys: '按 Esc 再按 Tab 可离开正文。',
  readOnly: '你可以阅读。主持人可以允许你编辑。',
  gone: '文档已不在这里，可能被主持人移到了回收站。',
  tools: '格式',
  undo: '撤销',
  redo: '重做',
  style: '段落样式',
  styles: {
    text: '正文',
    header1: '标题 1',
    header2: '标题 2',
    header3: '标题 3',
    blockquote: '引用',
    code: '代码块',
  },
  bold: '加粗',
  italic: '斜体',
  strike: '删除线',
  underline: '下划线',
  inlineCode: '行内代码',
  bullets: '项目列表',
  numbers: '编号列表',
  checks: '待办列表',
  link: '链接',
  linkTo: '链接地址',
  linkHint: '网址或邮箱地址。',
  linkWrong: '这个地址无法作为链接。',
  linkSet: '添加链接',
  linkOpen: '打开',
  linkChange: '修改',
  linkRemove: '移除链接',
  draft: {
    title: '已为你保留',
    text: '这些内容没能写入原来的位置，但都还在。',
    put: '放到文末',
    copy: '复制',
    copied: '已复制。',
    dismiss: '丢弃',
    forgotten: '保留的内容已丢弃。',
  },
  writing: (n) => `另有 ${number(n)} 人在此文档中`,
};

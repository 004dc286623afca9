import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { list, number } = speech('zh-CN');

/** The words of Word files that come in, in Simplified Chinese. */
export const zh: typeof en = {
  reading: (name) => `正在读取 ${name}`,
  stop: '停止',
  steps: {
    text: '正在读取文字…',
    pictures: (n, all) => `图片：${number(n)}/${number(all)}`,
    comments: (n) => `${number(n)} 条评论`,
  },
  why: {
    empty: '这个文件是空的。',
    large: '这个 Word 文件超过 20 MB。',
    locked: '这个 Word 文件有密码保护。请去掉密码后再试。',
    old: '这是旧格式的文件（.doc）。请在 Word 中另存为 .docx 后再试。',
    other: '这不是 Word 文件。',
    broken: '这个 Word 文件已损坏或不完整。',
    bomb: '这个 Word 文件解压后会超过 100 MB。',
    names: '这个 Word 文件中有些部分的名称指向文件之外，因此没有打开。',
    trap: '这个 Word 文件含有 Word 文件不会有的声明，因此没有打开。',
    tangled: '这个 Word 文件太长或结构太复杂，无法读取。',
    stopped: '已停止。没有导入任何内容。',
  },
  left: {
    all: (parts) => `Word 文件中未能导入的内容：${list(parts)}。`,
    comments: (n) => `${number(n)} 条评论`,
    pictures: (n) => `${number(n)} 张图片`,
    formulas: (n) => `${number(n)} 个公式`,
    others: (n) => `${number(n)} 个图表或嵌入文件`,
    margins: '页眉和页脚',
    changes: (n) => `${number(n)} 处修订已按接受后的结果放入正文。`,
  },
};

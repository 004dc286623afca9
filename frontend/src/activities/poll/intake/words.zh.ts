import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { number, list } = speech('zh-CN');

/** The words of bringing questions from a file, in Simplified Chinese. */
export const zh: typeof en = {
  fromFile: '从文件导入题目',
  fromFileHint: 'CSV、Excel、Kahoot、Moodle GIFT、Aiken',
  what: '选择表格（CSV 或 Excel）、Kahoot 测验模板，或 Moodle 的 GIFT、Aiken 文件。添加之前，你会先看到其中的内容。',
  choose: '题目文件',
  example: '下载示例（CSV）',
  reading: '正在读取文件…',
  found: (n) => `可以添加 ${number(n)} 道题`,
  none: '这个文件里没有可以添加的题目。',
  faults: (n) => `有 ${number(n)} 处无法读取`,
  line: (n) => `第 ${number(n)} 行：`,
  options: (n) => `${number(n)} 个选项`,
  right: (names) => `正确答案：${list(names)}`,
  seconds: (n) => `${number(n)} 秒`,
  add: (n) => `添加 ${number(n)} 道题`,
  cancel: '取消',
};

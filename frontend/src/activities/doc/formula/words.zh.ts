import type { en } from './words';

/** The words of formulas in documents, in Simplified Chinese. */
export const zh: typeof en = {
  name: '公式',
  writing: '编写公式',
  tex: '公式代码（TeX）',
  put: '插入',
  done: '完成',
  dollar: '公式中的 $ 要写成 \\$。',
};

import { speech } from '../../../lib/i18n/speech';
import type { en } from './words';

const { plural } = speech('zh-CN');

/** The words of how long single changes are kept, in Simplified Chinese. */
export const zh: typeof en = {
  title: '保留文档的每一次更改',
  hint: '超过期限后，连续写下的内容会合并为历史记录中的一步，且无法再拆开。正文、已命名的版本以及各处由谁书写都会保留。',
  days: (days) => (days < 0 ? '永久' : plural(days, { other: '# 天' })),
};

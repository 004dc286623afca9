import type { en } from './words';

/** The words of a page that is not there, in Simplified Chinese. */
export const zh: typeof en = {
  title: '找不到页面',
  text: '这个地址没有内容。链接可能不完整，或者房间已被删除。',
  back: '返回首页',
};

import type { en } from './words';

export const zh: typeof en = {
  waits: '正在上传…',
  part: (share) => `已上传 ${share}`,
  made: '正在处理…',
  drop: (name) => `移除 ${name}`,
  again: '重试',
  missing: '这张图片已不存在。',
  download: (name, size) => `下载 ${name}，${size}`,
  open: (name) => `打开图片 ${name}`,
};

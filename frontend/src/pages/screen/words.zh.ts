import type { en } from './words';

/** The words of screens that are shown elsewhere, in Simplified Chinese. */
export const zh: typeof en = {
  none: '暂时无法显示此屏幕，稍后会自动重试。',
  title: '用于其他地方的屏幕',
  hint: '屏幕像投影一样显示一个投票：可用于网页、OBS 或显示器。无需登录，也无法在上面进行任何操作。',
  shows: '显示内容',
  showsHint: '只显示所有人都能看到的内容。',
  nothing: '请先添加投票或提问，并向所有人显示。',
  code: '显示房间码',
  codeHint: '看到屏幕的人可以由此加入。',
  light: '浅色',
  clear: '透明背景',
  clearHint: '用于 OBS：后面的画面会透出来。',
  address: '地址',
  frame: '用于网页（HTML）',
  once: '请立即复制：只显示这一次。',
  revoke: (title) => `停用“${title}”的屏幕`,
  revoked: '该屏幕已停用。',
  withCode: '显示房间码',
  hidden: '已隐藏，不显示内容',
  untitled: '已不存在的内容',
};

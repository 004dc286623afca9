import { speech } from '../../../lib/i18n/speech';
import type { Words } from './en';

const { number, share } = speech('zh-CN');

/** The words of axes, pins and pictures, in Simplified Chinese. */
export const zh: Words = {
  ask: {
    axes: '把每一项放到两条轴之间',
    pins: (most) => (most === 1 ? '在图上放一个标记' : `在图上最多放 ${number(most)} 个标记`),
  },
  todo: {
    axes: '点按方框，或移动滑块。',
    all: '全部放好后即计入。',
    pins: '点按图片，或在下方选择。',
  },
  placed: (n, of) => `已放置 ${number(n)} / ${number(of)} 项`,
  notYet: '未放置',
  axisOf: (item, axis) => `${item}：${axis}`,
  at: (n, low, high) => (low || high ? `${number(n)}（${low || '…'} – ${high || '…'}）` : number(n)),
  leave: '不放',
  leaveOf: (item) => `不放“${item}”`,
  stands: (x, atX, y, atY) => `平均：${x} ${atX}，${y} ${atY}`,
  item: '项目',
  people: '人数',
  mean: (axis) => `${axis}：平均`,
  spread: (axis) => `${axis}：离散程度`,
  spreadIs: '圆环表示大家的回答相差多远。',
  plane: (x, y) => `横轴：${x}。纵轴：${y}。`,

  pin: (n) => `标记 ${number(n)}`,
  where: (x, y) => `距左边 ${share(x)}，距上边 ${share(y)}`,
  add: '在中间放一个标记',
  remove: (n) => `移除标记 ${number(n)}`,
  keys: '方向键可移动标记，按住换档键步子更大。',
  choose: '或者选择位置',
  area: '位置',
  elsewhere: '其他位置',
  parts: {
    r1c1: '左上',
    r1c2: '中上',
    r1c3: '右上',
    r2c1: '左中',
    r2c2: '正中',
    r2c3: '右中',
    r3c1: '左下',
    r3c2: '中下',
    r3c3: '右下',
  },
  pins: (n) => `${number(n)} 个标记`,
  missing: '图片无法显示。',
};

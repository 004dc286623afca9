import { speech } from '../../../lib/i18n/speech';
import type { en } from './desk';

const { number } = speech('zh-CN');

/** The words of those who write axes, pins, slides and options with pictures, in Simplified Chinese. */
export const zh: typeof en = {
  items: '要放置的项目',
  badItems: `可以放置 ${number(1)} 到 ${number(12)} 项。`,
  across: '横轴',
  upwards: '纵轴',
  left: '左端含义',
  right: '右端含义',
  bottom: '下端含义',
  top: '上端含义',
  badAxes: '两条轴都需要名称。',
  steps: '轴的刻度',
  upTo: (n) => `0 到 ${number(n)}`,
  required: '必须放置全部项目',

  picture: '图片',
  choose: '选择图片',
  other: '换一张图片',
  removePicture: '移除图片',
  addTo: (option) => `给选项 ${option} 添加图片`,
  altOf: (option) => `选项 ${option} 的图片内容`,
  removeOf: (option) => `移除选项 ${option} 的图片`,
  alt: '图片内容',
  altHint: '供看不到图片的人阅读，也用于表格和文件。',
  noPicture: '请选择一张图片。',
  noAlt: '请说明图片的内容。',
  noImage: '这个文件不是可以显示的图片。',

  most: '每人可放的标记数',
  areas: '命名区域',
  areasHint: '在图上拖出矩形，或添加一个并设定各边。没有区域时，按图片的九个部分统计。',
  addArea: '添加区域',
  shape: '多边形',
  shapeHint: '在图上依次点按各个角，然后完成图形。',
  finish: '完成图形',
  nameOf: (n) => `区域 ${number(n)} 的名称`,
  sideOf: { left: '左', top: '上', right: '右', bottom: '下' },
  sideOfArea: (side, n) => `区域 ${number(n)} 的${side}边（百分比）`,
  corners: (n) => `${number(n)} 个角`,
  isRight: '正确',
  removeArea: (n) => `移除区域 ${number(n)}`,
  manyAreas: `最多可以命名 ${number(20)} 个区域。`,

  title: '标题',
  text: '正文',
  textHint: '与聊天相同：**粗体**、*斜体*、以 - 开头的列表、链接。',
  missingTitle: '幻灯片需要标题。',
  show: '展示幻灯片',
};

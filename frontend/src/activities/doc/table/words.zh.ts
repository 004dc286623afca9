import type { en } from './words';

/** The words of tables in documents, in Simplified Chinese. */
export const zh: typeof en = {
  name: '表格',
  tools: '表格操作',
  above: '在上方插入行',
  below: '在下方插入行',
  before: '在前面插入列',
  after: '在后面插入列',
  row: '删除这一行',
  column: '删除这一列',
  table: '删除表格',
  most: (rows, columns) => `表格最多 ${rows} 行、${columns} 列。`,
};

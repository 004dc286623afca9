import { catalogue } from '../../../lib/i18n';

/** The words of tables in documents, in English. */
export const en = {
  name: 'Table',
  tools: 'The table',
  above: 'Row above',
  below: 'Row below',
  before: 'Column before',
  after: 'Column after',
  row: 'Delete the row',
  column: 'Delete the column',
  table: 'Delete the table',
  most: (rows: number, columns: number) => `A table can have ${rows} rows and ${columns} columns.`,
};

export const words = catalogue('table', en);

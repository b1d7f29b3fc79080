import { type CellValue, csvRow } from './cells.ts';
import { FLAT_COLUMNS, type FlatValue, flatRow } from './flat.ts';
import { textFormat } from './format.ts';

/** An event a row, for spreadsheets and statistics; several values in a cell are parted by "; ". */
export const csv = textFormat(
  {
    name: 'csv',
    summary: 'one event a row, for spreadsheets and statistics',
    file: { name: 'events', ending: 'csv', media: 'text/csv' },
  },
  () => ({
    begin: csvRow(FLAT_COLUMNS),
    add: (exported) => {
      const row = flatRow(exported);
      return csvRow(FLAT_COLUMNS.map((column) => cellOf(row[column]!)));
    },
  }),
);

function cellOf(value: FlatValue): CellValue {
  return typeof value === 'object' && value !== null ? value.join('; ') : value;
}

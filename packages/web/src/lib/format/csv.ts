const NEEDS_QUOTES = /[",\r\n]/

/** Rows as CSV (RFC 4180): full precision, an empty cell for null, every line ended by CRLF. */
export const printCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

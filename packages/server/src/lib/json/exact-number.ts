/** True when the JSON number, read and printed again by JavaScript, has the same value: `1.0` and `1e3` do, `1e400` doesn't. */
export function isExactNumber(literal: string): boolean {
  const value = Number(literal)
  if (!Number.isFinite(value)) return false
  return canonical(literal) === canonical(String(value))
}

const NUMBER = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

/** Digits without zeros at either end, and the power of ten that they stand at: equal for equal values. */
function canonical(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(literal) ?? []
  const digits = trimZerosEnd((whole + fraction).replace(/^0+/, ''))
  if (digits === '') return '0'
  const leadingZeros = (whole + fraction).length - (whole + fraction).replace(/^0+/, '').length
  return `${sign}${digits}e${Number(exponent) + whole.length - leadingZeros}`
}

/** A loop, because a regular expression for zeros at the end takes quadratic time on long runs of zeros. */
function trimZerosEnd(digits: string): string {
  let end = digits.length
  while (digits.charCodeAt(end - 1) === 48) end--
  return digits.slice(0, end)
}

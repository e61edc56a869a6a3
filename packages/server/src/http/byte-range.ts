import type { ByteRange } from '#media/media-store.ts'

const RANGE = /^bytes=(\d*)-(\d*)$/

/**
 * The one range that a Range header asks for, of `length` bytes in all (RFC 9110 §14.1.2); `none` when it lies
 * outside. Undefined for what may be answered with the whole: no header, several ranges, other units.
 */
export function rangeOf(header: string | undefined, length: number): ByteRange | 'none' | undefined {
  const [, from = '', to = ''] = RANGE.exec(header ?? '') ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(0, length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1)
  if (from !== '' && to !== '' && Number(to) < start) return undefined
  return start <= end ? { start, end } : 'none'
}

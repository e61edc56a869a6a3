import { parseSearchText, printSearchText } from './search-text.ts'

/** The address with the time range `t`, all else as it is. */
export function withRange(href: string, t: string): string {
  const url = new URL(href)
  return `${url.origin}${url.pathname}${printSearchText({ ...parseSearchText(url.search), t })}${url.hash}`
}

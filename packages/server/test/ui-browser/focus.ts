/** Where the focus is, for those who have only keys. */
import type { Page } from 'playwright-core'

/** How far from what has the focus its ring may be drawn: around the field that it lies in. */
const NEAR = 4

/** What has the focus without showing it; empty when the focus is seen. */
export async function hiddenFocus(page: Page): Promise<string> {
  return await page.evaluate<string>(`(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return 'nothing has the focus'
    const row = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
    const rings = [focused, ...(row ? [row] : [])]
    for (let at = focused.parentElement, steps = 0; at && steps < ${NEAR}; at = at.parentElement, steps++) rings.push(at)
    const isSeen = rings.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
    })
    return isSeen ? '' : focused.outerHTML.slice(0, 160)
  })()`)
}

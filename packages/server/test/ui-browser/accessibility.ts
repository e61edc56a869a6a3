/** What axe finds wrong with a page. */
import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'

const Violations = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) }),
)

/** Rules whose verdict depends on the theme; all others need to be asked in one theme only. */
const OF_COLOUR = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

/** Each violation on the page as text, in light and then, of colours, in dark; the page is left light. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  return await inBothThemes(page, 'document')
}

/** The same, of what lies over the page. */
export async function violationsOfLayer(page: Page, layer: Locator): Promise<readonly string[]> {
  await layer.evaluate((element) => element.setAttribute('data-axe', ''))
  return await inBothThemes(page, '"[data-axe]"')
}

async function inBothThemes(page: Page, context: string): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source)
  const light = await run(page, context, {})
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-theme="dark"]').waitFor()
  const dark = await run(page, context, OF_COLOUR)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-theme="light"]').waitFor()
  return [...light.map((text) => `light: ${text}`), ...dark.map((text) => `dark: ${text}`)]
}

async function run(page: Page, context: string, options: object): Promise<readonly string[]> {
  const settings = JSON.stringify({ ...options, resultTypes: ['violations'] })
  const found = await page.evaluate(`axe.run(${context}, ${settings}).then(({ violations }) => violations)`)
  return Violations.parse(found).flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  )
}

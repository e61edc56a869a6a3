/** A session that is longer than its window. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { type OpenBrowser, openSignedIn, PATIENCE_MS } from './browser.ts'
import { sendEvents, traceOf } from './sent-traces.ts'

const SESSION = 'long-talk'
const TURNS = 12
const LAST = `turn-${TURNS - 1}`

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer()
  await sendEvents(server, ...Array.from({ length: TURNS }, (_, place) => turnOf(place)))
  browser = await openSignedIn(server)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** One after the other, a second apart, until now. */
function turnOf(place: number): object {
  const name = `turn-${place}`
  const timestamp = new Date(Date.now() - (TURNS - place) * 1000).toISOString()
  const lines = Array.from({ length: 12 }, (_, line) => `line ${line} of ${name}`)
  return traceOf(name, { sessionId: SESSION, timestamp, input: `question ${place}`, output: lines.join('\n\n') })
}

test('the strip of a session marks the turn that is read, wherever the page is scrolled to', async () => {
  const { page, settled } = browser
  await page.goto(`/p/default/sessions/${SESSION}`)
  const turns = page.getByRole('list', { name: 'Turns' })
  const last = turns.getByRole('listitem').filter({ hasText: `line 0 of ${LAST}` })
  await last.waitFor()
  await settled()
  const marks = page.getByRole('navigation', { name: 'Traces of the session' }).locator('[aria-current="true"]')
  const expectMark = async (label: RegExp) => {
    await expect.poll(() => marks.getAttribute('aria-label'), { timeout: PATIENCE_MS }).toMatch(label)
    expect(await marks.count()).toBe(1)
  }
  await expectMark(/^turn-0,/)
  await page.mouse.move(900, 600)
  await page.mouse.wheel(0, 100_000)
  await expectMark(new RegExp(`^${LAST},`))
  await page.mouse.wheel(0, -100_000)
  await expectMark(/^turn-0,/)
  await page.getByRole('button', { name: /^turn-3,/ }).click()
  await expectMark(/^turn-3,/)
  await page.mouse.move(900, 600)
  await page.mouse.wheel(0, 600)
  await expectMark(/^turn-[4-9],/)
  expect(new URL(page.url()).searchParams.get('trace')).toBe('id-of-turn-3')
}, 120_000)

test('complains of nothing', () => {
  expect(browser.complaints).toEqual([])
  expect(browser.strangers).toEqual([])
})

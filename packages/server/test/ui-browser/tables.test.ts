/** The table of traces in use: filtered, peeked at, live, and acted on. */
import type { Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { type OpenBrowser, openSignedIn, toastWith } from './browser.ts'
import { sendEvents, stepOf, traceOf } from './sent-traces.ts'

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer()
  await sendTraces('alpha', 'beta')
  browser = await openSignedIn(server)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Each with one step. */
const sendTraces = (...names: readonly string[]) => send(...names.flatMap((name) => [traceOf(name), stepOf(name)]))

const send = (...batch: readonly object[]) => sendEvents(server, ...batch)

/** How far from the middle of the window a dialog is when it begins to appear. */
const AT_FIRST = `(() => {
  const element = document.querySelector('[role="dialog"]')
  element.style.animation = 'none'
  element.getBoundingClientRect()
  element.style.animation = ''
  const [animation] = element.getAnimations()
  animation.pause()
  animation.currentTime = 0
  const { left, right } = element.getBoundingClientRect()
  animation.finish()
  return (left + right) / 2 - window.innerWidth / 2
})()`

const HAS_FOCUS_IN_DETAIL = `document.activeElement?.closest('[aria-label="Detail"]') != null`

const LISTS = /explore\/traces\?/
const TOO_HEAVY = { status: 422, json: { message: 'It takes too long.', code: 'QUERY_TOO_HEAVY' } }

/** The server's own answer, but for a part of it. */
async function changed(route: Route, part: object): Promise<void> {
  const answer = await route.fetch()
  await route.fulfill({ json: { ...Object(await answer.json()), ...part } })
}

/** What is seen: readers are told the same outside of it. */
const main = () => browser.page.getByRole('main')
const row = (name: string) => browser.page.getByRole('row', { name: new RegExp(name) })

describe('the table of traces', () => {
  test('is filtered by what is typed, says what it leaves out, and lets go of it', async () => {
    const { page } = browser
    await page.goto('/p/default/traces')
    await row('alpha').waitFor()
    const bar = page.getByRole('combobox', { name: 'Filter traces' })
    await bar.fill('name:')
    await page.getByRole('option', { name: /beta/ }).waitFor()
    await bar.fill('name:beta nonsense:1')
    await bar.press('Enter')
    await row('alpha').waitFor({ state: 'detached' })
    await row('beta').waitFor()
    await main().getByText('There is no field nonsense.').waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('name:beta nonsense:1')
    await bar.fill('name:nobody')
    await bar.press('Enter')
    await page.getByRole('button', { name: 'Remove name:nobody' }).click()
    await row('alpha').waitFor()
  }, 120_000)

  test.each([
    ['as it comes', ''],
    ['filtered', '?q=name:beta&t=7d&sort=name&env=default'],
  ])(
    'asks once for what it shows first, %s',
    async (_, search) => {
      const { page, settled } = browser
      const asked: string[] = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await page.goto(`/p/default/traces${search}`)
      await row('beta').waitFor()
      await settled()
      for (const path of ['/api/ui/session', '/api/ui/projects/default/explore/traces'])
        expect(asked.filter((one) => one === path)).toHaveLength(1)
      page.removeAllListeners('request')
    },
    120_000,
  )

  test('draws what is chosen, asks for nothing more before, and keeps the choice in the address', async () => {
    const { page } = browser
    const figures: string[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname.endsWith('/traces/histogram')) figures.push(searchParams.get('figure') ?? 'none')
    })
    await page.goto('/p/default/traces?chart=count&nonsense=1')
    const choose = page.getByRole('group', { name: 'Chart' })
    await page.getByRole('img', { name: /^[1-9]\d* traces over time/ }).waitFor()
    await choose.getByRole('button', { name: 'Count', pressed: true }).waitFor()
    expect([new URL(page.url()).search, new Set(figures)]).toEqual(['', new Set(['none'])])
    const answer = page.waitForResponse(/traces\/histogram\?.*figure=p90/)
    await choose.getByRole('button', { name: 'p90' }).press('Enter')
    expect((await answer).status()).toBe(200)
    // Nothing of them has ended.
    await page.getByRole('img', { name: 'p90 latency of traces over time, not known' }).waitFor()
    await main().getByText('p90 latency not known', { exact: true }).waitFor()
    await page.reload()
    await choose.getByRole('button', { name: 'p90', pressed: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('chart')).toBe('p90')
    await choose.getByRole('button', { name: 'Count' }).click()
    await page.waitForURL((url) => !url.searchParams.has('chart'))
    page.removeAllListeners('request')
  }, 120_000)

  test('opens a row beside it', async () => {
    const { page } = browser
    await page.goto('/p/default/traces')
    await row('alpha').click()
    const peek = page.getByRole('complementary', { name: 'Trace' })
    await peek.getByText('what is alpha').waitFor()
    expect(new URL(page.url()).searchParams.get('peek')).toBe('id-of-alpha')
    await page.keyboard.press('Escape')
    await peek.waitFor({ state: 'detached' })
  }, 120_000)

  test('reads the rows beside the one that is peeked at', async () => {
    const { page } = browser
    await page.goto('/p/default/traces?sort=name')
    const beside = page.waitForResponse((answer) => answer.url().endsWith('/traces/id-of-beta/payloads'))
    await row('alpha').click()
    expect((await beside).status()).toBe(200)
  }, 120_000)

  test('reads a trace before it is opened where the mouse or the focus rests', async () => {
    const { page } = browser
    await page.goto('/p/default/traces?sort=name')
    await row('beta').waitFor()
    const readOf = (name: string) =>
      page.waitForResponse((answer) => answer.url().endsWith(`/traces/id-of-${name}/skeleton`))
    const pointed = readOf('beta')
    await row('beta').hover()
    expect((await pointed).status()).toBe(200)
    const focused = readOf('alpha')
    await page.keyboard.press('j')
    expect((await focused).status()).toBe(200)
  }, 120_000)

  test('lets new rows in while it is live', async () => {
    const { page } = browser
    await page.goto('/p/default/traces')
    await row('alpha').waitFor()
    await sendTraces('before-live')
    const stream = page.waitForResponse(/explore\/traces\/tail/)
    await page.getByRole('button', { name: 'Live' }).click()
    await stream
    await row('before-live').waitFor()
    await sendTraces('gamma')
    await row('gamma').waitFor()
  }, 120_000)

  /** Live, after a break of the line. */
  async function openBroken() {
    const { page } = browser
    const headers = { 'content-type': 'text/event-stream' }
    const streams = ['retry: 1\n\n', 'event: reset\ndata: {}\n\n']
    await page.route(/traces\/tail/, (route) => route.fulfill({ headers, body: streams.shift() ?? '' }), { times: 2 })
    await page.goto('/p/default/traces?live=1')
    const note = main().getByText(/^Missed [\d.]+ m?s: the list was read again\.$/)
    await note.waitFor()
    return note
  }

  test('says for how long it was told of nothing, and reads anew', async () => {
    const { page } = browser
    const note = await openBroken()
    await row('alpha').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await note.waitFor({ state: 'detached' })
  }, 120_000)

  test('says nothing of a break before it was switched on', async () => {
    const { page } = browser
    const note = await openBroken()
    await page.getByRole('button', { name: 'Live' }).click()
    await note.waitFor({ state: 'detached' })
    const stream = page.waitForResponse(/explore\/traces\/tail/)
    await page.getByRole('button', { name: 'Live', pressed: false }).click()
    await stream
    await page.getByRole('button', { name: 'Live', pressed: true }).waitFor()
    expect(await page.getByText(/^Missed /).count()).toBe(0)
  }, 120_000)

  test('shows what was found in time, how far that goes, and goes on', async () => {
    const { page } = browser
    const threeHoursAgo = Date.now() - 3 * 3_600_000
    const part = { rows: [], cursor: 'there', scannedTo: threeHoursAgo }
    let goOn = () => {}
    const isTime = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let asked = 0
    await page.route(LISTS, async (route) => {
      asked++
      if (asked === 1) return await route.fulfill({ json: part })
      await isTime
      await route.continue()
    })
    await page.goto('/p/default/traces')
    const note = main().getByText('Partial: scanned 3 of 24 hours')
    await note.waitFor()
    expect(await page.getByText('No traces').count()).toBe(0)
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('-1')
    const button = page.getByRole('button', { name: 'Continue' })
    await button.click()
    await main().getByText('reading on …').waitFor()
    await page.keyboard.press('Enter')
    expect(await page.locator(':focus').textContent()).toBe('Continue')
    expect([asked, await button.getAttribute('aria-disabled')]).toEqual([2, 'true'])
    goOn()
    await row('alpha').waitFor()
    await note.waitFor({ state: 'detached' })
    await page.unroute(LISTS)
  }, 120_000)

  test('keeps its rows where it could not read on, and tries that again when told to', async () => {
    const { page, settled } = browser
    let asked = 0
    await page.route(LISTS, async (route) => {
      asked++
      if (asked === 1) await changed(route, { cursor: 'there' })
      else await route.fulfill(asked === 2 ? TOO_HEAVY : { json: { rows: [], cursor: null, scannedTo: null } })
    })
    await page.goto('/p/default/traces')
    const note = main().getByText('Could not read on: It takes too long.')
    await note.waitFor()
    await settled()
    expect([asked, await row('alpha').count()]).toEqual([2, 1])
    await page.getByRole('button', { name: 'Retry' }).click()
    await note.waitFor({ state: 'detached' })
    expect([asked, await row('alpha').count()]).toEqual([3, 1])
    await page.unroute(LISTS)
  }, 120_000)

  test('of a user is gone on with unasked, and not after a failure', async () => {
    const { page, settled } = browser
    let asked = 0
    const part = { json: { rows: [], cursor: 'there', scannedTo: Date.now() } }
    await page.route(LISTS, async (route) => {
      asked++
      await route.fulfill(asked === 1 ? part : TOO_HEAVY)
    })
    await page.goto('/p/default/users/ada?tab=traces')
    await page.getByRole('alert').getByText('Could not read the traces').waitFor()
    await settled()
    expect(asked).toBe(2)
    await page.unroute(LISTS)
  }, 120_000)

  test('does not say that nothing was changed where the work had begun', async () => {
    const { page } = browser
    const cancelled = /bulk-jobs\/[^/]+$/
    await page.route(cancelled, async (route) => {
      if (route.request().method() !== 'DELETE') return await route.fallback()
      await changed(route, { hadBegun: true })
    })
    await page.goto('/p/default/traces')
    await row('beta').getByRole('checkbox').click()
    await page.getByRole('button', { name: 'Untag' }).click()
    await page.getByRole('dialog').getByLabel('Tags').fill('odd')
    await page.getByRole('button', { name: 'Take away' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await toastWith(page, 'Stopped: what was done by then stays done.').waitFor()
    await page.unroute(cancelled)
  }, 120_000)

  test('asks for a word before it deletes rows whose number is estimated', async () => {
    const { page } = browser
    const counts = /explore\/traces\/histogram/
    await page.route(counts, (route) => changed(route, { isEstimated: true }))
    await page.goto('/p/default/traces')
    await row('alpha').waitFor()
    const count = main().getByText(/^≈ \d+ traces$/)
    await count.waitFor()
    await page.keyboard.press('Control+a')
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog', { name: /^Delete ≈ \d+ traces\?$/ })
    const act = dialog.getByRole('button', { name: 'Delete' })
    expect(await act.isDisabled()).toBe(true)
    await dialog.getByLabel('Type delete to go on').fill('delete')
    expect(await act.isDisabled()).toBe(false)
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.unroute(counts)
  }, 120_000)

  test('makes items of a dataset from observations that are selected', async () => {
    const { page } = browser
    await page.goto('/p/default/observations')
    await row('step-of-beta').getByRole('checkbox').click()
    const bar = page.getByRole('toolbar', { name: 'Selected observations' })
    expect(await bar.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await bar.getByRole('button', { name: 'Dataset' }).click()
    await page.getByRole('dialog').getByLabel('Dataset').fill('steps')
    await page.getByRole('button', { name: 'Add' }).click()
    await toastWith(page, 'Added to the dataset: 1 observation.').waitFor()
  }, 120_000)

  test('says of a trace without observations what to do, until one comes', async () => {
    const { page } = browser
    await send(traceOf('bare'))
    await page.goto('/p/default/traces/id-of-bare')
    await page.getByRole('heading', { name: 'No observations' }).waitFor()
    const detail = page.getByRole('complementary', { name: 'Detail' })
    await detail.getByText('what is bare').waitFor()
    await page.setViewportSize({ width: 390, height: 844 })
    await detail.getByText('what is bare').waitFor()
    await page.setViewportSize({ width: 1440, height: 900 })
    await send(stepOf('bare'))
    await page.getByRole('treeitem', { name: /step-of-bare/ }).waitFor()
  }, 120_000)

  test('shows what the trace itself got and gave where the detail slides over its tree', async () => {
    const { page } = browser
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/p/default/traces/id-of-alpha')
    const detail = page.getByRole('complementary', { name: 'Detail' })
    const way = page.getByRole('button', { name: 'Input & output of the trace' })
    await way.click()
    await detail.getByText('what is alpha').waitFor()
    expect(await page.evaluate(HAS_FOCUS_IN_DETAIL)).toBe(true)
    await detail.getByRole('tab', { name: 'Metadata' }).click()
    await detail.getByText('id-of-alpha', { exact: true }).waitFor()
    await detail.getByRole('tab', { name: 'Input & output' }).click()
    await detail.getByText('what is alpha').waitFor()
    await detail.getByRole('button', { name: 'Close the detail' }).click()
    await detail.waitFor({ state: 'detached' })
    await expect.poll(() => way.evaluate((button) => button.matches(':focus'))).toBe(true)
    const step = page.getByRole('treeitem', { name: /step-of-alpha/ })
    await step.click()
    await detail.getByRole('tab', { name: 'Metadata' }).click()
    await page.keyboard.press('Escape')
    await detail.waitFor({ state: 'detached' })
    const tree = page.getByRole('tree', { name: 'Observations' })
    await expect.poll(() => tree.evaluate((rows) => rows.matches(':focus-within'))).toBe(true)
    await step.click()
    await detail.getByRole('tab', { name: 'Metadata', selected: true }).waitFor()
    await page.keyboard.press('Escape')
    await detail.waitFor({ state: 'detached' })
    await page.setViewportSize({ width: 1440, height: 900 })
  }, 120_000)

  test('says of an address that its observation is not in the trace, until another is chosen', async () => {
    const { page } = browser
    await page.goto('/p/default/traces/id-of-alpha?node=gone')
    const note = page.getByRole('status').getByText('gone', { exact: true })
    await note.waitFor()
    await page.getByRole('treeitem', { name: /step-of-alpha/ }).click()
    await note.waitFor({ state: 'detached' })
  }, 120_000)

  test('opens a dialog where it stays', async () => {
    const { page } = browser
    await page.goto('/p/default/traces')
    await row('alpha').waitFor()
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(Math.abs(await page.evaluate<number>(AT_FIRST))).toBeLessThan(1)
    await page.keyboard.press('Escape')
    await page.emulateMedia({ reducedMotion: 'reduce' })
  }, 120_000)

  test('complains of nothing', () => {
    expect(browser.complaints).toEqual([])
  })
})

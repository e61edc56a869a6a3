/** Finding in every view of a trace and within a conversation, and what a level leaves out of them. */
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { violationsOf } from './accessibility.ts'
import { type OpenBrowser, openSignedIn, PATIENCE_MS } from './browser.ts'
import { sendEvents } from './sent-traces.ts'

const START_MS = Date.now() - 60_000
const at = (seconds: number) => new Date(START_MS + seconds * 1000).toISOString()

const step = (type: string, id: string, body: object) => ({
  id: `event-${id}`,
  type: `${type}-create`,
  timestamp: at(0),
  body: { id, traceId: 'talk', name: id, startTime: at(0), endTime: at(1), ...body },
})
const says = (role: string, content: string) => ({ role, content })

const LONG = `${'A line that says little.\n'.repeat(60)}And the **golden** needle at the end.`
const ASKED = [says('system', 'You keep needles.'), says('user', 'Where is it?')]
const ROUNDS = 40

/** Forty rounds of an agent, of which one fails, and one is another agent's. */
const TALK = [
  step('agent', 'root', { endTime: at(100) }),
  step('generation', 'first', {
    parentObservationId: 'root',
    startTime: at(1),
    input: ASKED,
    output: says('assistant', LONG),
  }),
  ...Array.from({ length: ROUNDS }, (_, round) =>
    step('tool', `tool-${round}`, {
      name: round % 2 === 0 ? 'search' : 'read',
      level: round === 30 ? 'ERROR' : round === 20 ? 'WARNING' : 'DEFAULT',
      parentObservationId: 'root',
      startTime: at(2 + round),
      input: { query: `round ${round}` },
      output: round === 35 ? 'here is the pearl' : 'nothing',
    }),
  ),
  step('agent', 'critic', { parentObservationId: 'root', startTime: at(60) }),
  step('tool', 'judge', { parentObservationId: 'critic', startTime: at(61), output: 'a hidden ruby' }),
  step('event', 'signal', { parentObservationId: 'root', startTime: at(70), output: 'a lone opal' }),
]

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer()
  await sendEvents(
    server,
    { id: 'talk', type: 'trace-create', timestamp: at(0), body: { id: 'talk', name: 'talk', timestamp: at(0) } },
    ...TALK,
  )
  browser = await openSignedIn(server)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const open = (search: string) => browser.page.goto(`/p/default/traces/talk?${search}`)
/** The payloads of a trace are searched by the server. */
const untilFound = () => browser.page.getByRole('status').getByText('1 found').waitFor()
const feed = () => browser.page.getByRole('feed', { name: 'Transcript' })
const detail = () => browser.page.getByRole('complementary', { name: 'Detail' })
/** Until the middle of an element is what one sees there. */
const expectInSight = (place: Locator) =>
  expect
    .poll(
      () =>
        place.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect()
          return element.contains(element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2))
        }),
      { timeout: PATIENCE_MS },
    )
    .toBe(true)
/** The texts that are marked over the page, in their order. */
const marked = (name: 'found' | 'found-now') =>
  browser.page.evaluate<string[]>(`[...(CSS.highlights.get('${name}') ?? [])].map((range) => {
    const copy = document.createRange()
    copy.setStart(range.startContainer, range.startOffset)
    copy.setEnd(range.endContainer, range.endOffset)
    return copy.toString()
  })`)
const expectMarked = (name: 'found' | 'found-now', texts: readonly string[]) =>
  expect.poll(() => marked(name), { timeout: PATIENCE_MS }).toEqual(texts)

describe('the transcript', () => {
  test('says what the level leaves out, and shows it again', async () => {
    const { page } = browser
    await open('v=transcript&min=WARNING')
    await page.getByText('40 of the steps left out by their level').waitFor()
    expect(
      await feed()
        .getByRole('button', { name: /^(?:search|read) at/ })
        .count(),
    ).toBe(2)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Show all levels' }).click()
    await feed().getByText('Where is it?').waitFor()
  }, 120_000)

  test('scrolls to what is found, marks it, and opens what it is folded in', async () => {
    const { page } = browser
    await open('v=transcript&s=pearl')
    await untilFound()
    await page.getByRole('button', { name: 'Next match' }).click()
    await feed().getByText('here is the pearl').waitFor()
    await expectInSight(feed().getByText('here is the pearl'))
    await expectMarked('found', ['pearl'])
    await feed().locator('mark').getByText('read').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await open('v=transcript&s=ruby')
    await untilFound()
    await page.keyboard.press('n')
    await feed().getByText('a hidden ruby').waitFor()
  }, 120_000)

  test('opens a folded message and a long text for what stands in them', async () => {
    await open('v=transcript&s=golden needle')
    await feed().getByText('golden', { exact: true }).waitFor()
    await expectMarked('found', ['golden needle'])
  }, 120_000)

  test('says what was found beside its steps', async () => {
    await open('v=transcript&s=opal')
    await browser.page.getByText('1 of what was found is no step: the detail shows it').waitFor()
    await browser.page.keyboard.press('n')
    await detail().getByText('a lone opal').waitFor()
  }, 120_000)
})

describe('the graph', () => {
  const node = (name: RegExp) => browser.page.getByRole('button', { name })

  test('dims the nodes that the level leaves out and says how many', async () => {
    const { page } = browser
    await open('v=graph&min=WARNING')
    await page.getByText('4 of 6 nodes dimmed: their level is left out').waitFor()
    await node(/^search ×2 of 20/).waitFor()
    expect(await violationsOf(page)).toEqual([])
  }, 120_000)

  test('marks what is found and walks to it', async () => {
    const { page } = browser
    await open('v=graph&s=pearl')
    await untilFound()
    await page.keyboard.press('n')
    await node(/^read ×20 .*1 found$/)
      .locator('mark')
      .waitFor()
    await detail().getByText('here is the pearl').waitFor()
    await expectInSight(node(/^read ×20 .*1 found$/))
  }, 120_000)
})

describe('a conversation', () => {
  const output = () => browser.page.getByRole('region', { name: 'Output', exact: true })
  const input = () => browser.page.getByRole('region', { name: 'Input', exact: true })

  test('is searched as it is shown, long texts and folded messages too', async () => {
    const { page } = browser
    await open('node=first')
    await output().getByText('A line that says little.').first().waitFor()
    await output().getByRole('button', { name: 'Find in the output' }).click()
    await output().getByRole('searchbox', { name: 'Find in this value' }).fill('GOLDEN needle')
    await output().getByText('1 of 1').waitFor()
    await expectMarked('found-now', ['golden needle'])
    await expectInSight(output().getByText('golden', { exact: true }))
    await page.keyboard.press('Escape')
    await expectMarked('found', [])
  }, 120_000)

  test('is walked by keys', async () => {
    const { page } = browser
    await page.getByRole('tree', { name: 'Observations' }).focus()
    await page.keyboard.press('f')
    await page.keyboard.type('e')
    await input()
      .getByText(/^1 of \d+$/)
      .waitFor()
    const before = await marked('found')
    expect(before.length).toBeGreaterThan(3)
    await page.keyboard.press('Enter')
    await input()
      .getByText(/^2 of \d+$/)
      .waitFor()
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.press('Shift+Enter')
    await input()
      .getByText(new RegExp(`^${before.length} of ${before.length}$`))
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
  }, 120_000)
})

test('complains of nothing', () => {
  expect(browser.complaints).toEqual([])
  expect(browser.strangers).toEqual([])
})

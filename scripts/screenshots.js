// npm run screenshots: every screen over demo data, light and dark, wide and narrow, into docs/screenshots.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser, findBrowser } from './lib/browser.js'
import { ensureBuilt, ensureInstalled } from './lib/fresh.js'
import { ROOT } from './lib/run.js'
import { startBuiltServer } from './lib/server.js'

const FOLDER = join(ROOT, 'docs', 'screenshots')
const TOKEN = 'screenshots'
const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const SCHEMES = ['light', 'dark']

ensureInstalled()
await ensureBuilt()
ensureBrowser()

/** Loaded only once it is installed. */
const { chromium } = createRequire(join(ROOT, 'packages', 'server', 'package.json'))('playwright-core')

const url = `http://127.0.0.1:${await freePort()}`
const server = await startBuiltServer({
  url,
  env: { API_BEARER_TOKEN: TOKEN, XTRACE_LOG_LEVEL: 'warn' },
  logFile: join(tmpdir(), 'xtrace-screenshots.log'),
  isUp: () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ),
})
try {
  await fillAndShoot()
} finally {
  await server.stop()
}

async function fillAndShoot() {
  const demo = join(ROOT, 'packages', 'server', 'bin', 'xtrace.js')
  const env = { ...process.env, XTRACE_DATA_DIR: server.dataDir, API_BEARER_TOKEN: TOKEN, BIND_ADDR: new URL(url).host }
  const filled = spawnSync(process.execPath, [demo, 'demo', '--observations', '6000'], { env, stdio: 'inherit' })
  if (filled.status !== 0) throw new Error('The demo data did not arrive')
  const screens = await screensOf()
  mkdirSync(FOLDER, { recursive: true })
  const browser = await chromium.launch({ executablePath: findBrowser(), args: launchArgs() })
  try {
    for (const colorScheme of SCHEMES)
      for (const [width, viewport] of Object.entries(WIDTHS))
        await shootAll(browser, { colorScheme, width, viewport, screens })
  } finally {
    await browser.close()
  }
}

async function screensOf() {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const newest = async (query) => {
    const answer = await fetch(`${url}/api/public/traces?limit=1&fields=core&${query}`, { headers })
    return (await answer.json()).data[0]
  }
  const agent = await newest('name=research-agent&tags=agent')
  const chat = await newest('name=support-chat')
  const metric = encodeURIComponent('avg(gpu_utilization) by node_id')
  return {
    home: '/p/default/?t=7d',
    traces: '/p/default/traces?t=7d',
    peek: `/p/default/traces?t=7d&peek=${agent.id}`,
    observations: '/p/default/observations?t=7d',
    trace: `/p/default/traces/${agent.id}`,
    transcript: `/p/default/traces/${agent.id}?v=transcript`,
    graph: `/p/default/traces/${agent.id}?v=graph`,
    sessions: '/p/default/sessions?t=7d',
    session: `/p/default/sessions/${encodeURIComponent(chat.sessionId)}?t=7d`,
    users: '/p/default/users?t=7d',
    metrics: `/p/default/metrics?t=24h&s=${metric}`,
    system: '/p/default/settings/system',
  }
}

async function shootAll(browser, { colorScheme, width, viewport, screens }) {
  const context = await browser.newContext({ viewport, colorScheme, baseURL: url, timezoneId: 'UTC' })
  const page = await context.newPage()
  await page.goto('/signin')
  await page.getByLabel('Email or token').fill(TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p\//)
  for (const [name, path] of Object.entries(screens)) {
    await page.goto(path, { waitUntil: 'networkidle' })
    await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`) })
  }
  await context.close()
}

function launchArgs() {
  return ['--disable-gpu', '--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resume) => probe.once('listening', resume))
  const { port } = probe.address()
  await new Promise((resume) => probe.close(resume))
  return port
}

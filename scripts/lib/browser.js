/** The browser of the tests: Debian's Chromium, installed when it is missing and we may. */
import { existsSync } from 'node:fs'
import { run } from './run.js'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a browser is; undefined where there is none. */
export const findBrowser = () => PLACES.find((path) => existsSync(path))

/** Installs Chromium where there is none; the tests that need it say so when that did not help. */
export function ensureBrowser() {
  if (findBrowser()) return
  if (process.getuid?.() !== 0) {
    console.error(`No Chromium in ${PLACES.join(', ')}; tests of the web interface will fail. Install chromium.`)
    return
  }
  console.error('Installing Chromium for the tests of the web interface…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const patiently = ['-qq', '-o', 'Acquire::Retries=3']
  run('apt-get', ['update', ...patiently], { env })
  run('apt-get', ['install', '-y', '--no-install-recommends', ...patiently, 'chromium'], { env })
}

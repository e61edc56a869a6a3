// npm start: install and build what is missing or stale, then run the server in this very process,
// so that signals and the exit code are its own.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt, ensureInstalled } from './lib/fresh.js'
import { ROOT } from './lib/run.js'

ensureInstalled()
await ensureBuilt()
await import(pathToFileURL(join(ROOT, 'packages', 'server', 'dist', 'main.js')).href)

// npm run build: the server as one file (packages stay outside it) and the web page.
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './lib/run.js'

const SERVER = join(ROOT, 'packages', 'server')
const WEB = join(ROOT, 'packages', 'web')

async function buildServer() {
  const { build } = await import('rolldown')
  const { dependencies } = JSON.parse(readFileSync(join(SERVER, 'package.json'), 'utf8'))
  const outside = Object.keys(dependencies).filter((name) => name !== '@xtrace/contract')
  rmSync(join(SERVER, 'dist'), { recursive: true, force: true })
  await build({
    input: { main: join(SERVER, 'src', 'main.ts') },
    platform: 'node',
    external: (id) => id.startsWith('node:') || outside.some((name) => id === name || id.startsWith(`${name}/`)),
    logLevel: 'warn',
    output: { dir: join(SERVER, 'dist'), format: 'esm', sourcemap: true, cleanDir: true },
  })
  // store/migrate.ts reads them beside the module that it runs in.
  cpSync(join(SERVER, 'src', 'store', 'schema'), join(SERVER, 'dist', 'schema'), { recursive: true })
  // catalog/sqlite.ts starts it as a thread, from beside the module that it runs in.
  cpSync(join(SERVER, 'src', 'catalog', 'copy-sqlite.js'), join(SERVER, 'dist', 'copy-sqlite.js'))
}

async function buildWeb() {
  const { build } = await import('vite')
  await build({ root: WEB, logLevel: 'warn' })
}

/** Builds both packages into their dist folders. */
export async function build() {
  await buildServer()
  await buildWeb()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build()

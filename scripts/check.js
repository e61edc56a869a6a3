// npm run check: format, lint, types, dead code and layers, side by side; everything that needs no server.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { bin, ROOT } from './lib/run.js'

/** Files of the root folder; the lock file is npm's. */
function rootFiles(pattern) {
  return readdirSync(ROOT).filter((name) => pattern.test(name) && name !== 'package-lock.json')
}

/** Named, because Biome looks through all of the folder that it is given, environments and caches too: five times as long. */
const LINTED = ['bench', 'docs', 'packages', 'scripts', 'tools', ...rootFiles(/\.(json|ts)$/)]

const CHECKS = {
  'format and lint': [bin('biome'), ['check', '--error-on-warnings', ...LINTED]],
  types: [bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  'types of the page': [bin('tsc'), ['--noEmit', '-p', 'packages/web']],
  'dead code': [bin('knip'), []],
  'layers and documents': [bin('vitest'), ['run', '--reporter=dot', 'packages/server/src/layers.test.ts']],
}

const one = ([name, [program, args]]) =>
  new Promise((resolve) => {
    let output = ''
    const child = spawn(program, args, { cwd: ROOT })
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('close', (code) => resolve({ name, code, output }))
  })

const results = await Promise.all(Object.entries(CHECKS).map(one))
for (const { name, code, output } of results) {
  if (code !== 0) console.log(output.trimEnd())
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`)
}
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0

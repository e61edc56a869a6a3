/** The built program, set aside: a build that comes while a bench runs changes nothing of what it measures. */
import { cp, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { removing } from './folders.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')
const SERVER = join(ROOT, 'packages', 'server')

/** Runs the work with the path of a copy's `xtrace.js`, inside the tree so that it finds its packages. */
export async function withProgramCopy<T>(work: (program: string) => Promise<T>): Promise<T> {
  const folder = join(ROOT, '.cache', `bench-${process.pid}`)
  const server = join(folder, 'server')
  return removing(folder, async () => {
    await mkdir(server, { recursive: true })
    for (const part of ['bin', 'dist', 'package.json'])
      await cp(join(SERVER, part), join(server, part), { recursive: true })
    await cp(join(ROOT, 'packages', 'web', 'dist'), join(folder, 'web', 'dist'), { recursive: true })
    return work(join(server, 'bin', 'xtrace.js'))
  })
}

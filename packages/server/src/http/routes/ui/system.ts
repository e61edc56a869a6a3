import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { UiSystemDto } from '@xtrace/contract'
import type { Sessions } from '#auth/sessions.ts'
import { AppError } from '#domain/errors.ts'
import type { Route } from '#http/route.ts'
import { uiGlobalRoute } from '#http/ui-route.ts'
import { tableSizes } from '#query/table-sizes.ts'
import type { Engine } from '#store/engine.ts'
import type { SlowQuery } from '#store/slow-queries.ts'
import { deadLetterFiles, readDeadLetters } from '#writer/dead-letter-files.ts'

export interface SystemHealthDeps {
  readonly sessions: Pick<Sessions, 'isOperator'>
  readonly engine: Engine
  readonly dataDir: string
  readonly log: { readonly maxBytes: number; backlogBytes(): number }
  readonly deadLetterDir: string
  slowQueries(): readonly SlowQuery[]
  readonly version: string
}

/** How the process and its storage fare, for those who run it. */
export function systemHealthRoutes(deps: SystemHealthDeps): Route[] {
  return [
    uiGlobalRoute({
      method: 'GET',
      path: '/system',
      summary: 'Log, dead letters, disk, tables and slow queries',
      handle: async ({ session }) => {
        if (!(await deps.sessions.isOperator(session)))
          throw new AppError('forbidden', 'Only those who run this server see how it fares')
        return { body: await healthOf(deps) }
      },
    }),
  ]
}

async function healthOf(deps: SystemHealthDeps): Promise<UiSystemDto> {
  const [disk, deadLetters, tables] = await Promise.all([
    statfs(deps.dataDir),
    deadLettersIn(deps.deadLetterDir),
    tableSizes(deps.engine),
  ])
  return {
    log: { backlogBytes: deps.log.backlogBytes(), maxBytes: deps.log.maxBytes },
    disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    deadLetters,
    tables,
    slowQueries: deps.slowQueries().map((query) => ({ ...query })),
    process: {
      startedAt: Math.round(performance.timeOrigin),
      residentBytes: process.memoryUsage.rss(),
      version: deps.version,
    },
  }
}

const SHOWN_LETTERS = 20

/** What all files take, and the last letters of the newest. */
async function deadLettersIn(dir: string): Promise<UiSystemDto['deadLetters']> {
  const names = await deadLetterFiles(dir)
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dir, name))).size))
  const newestFile = names.at(-1)
  const newest: UiSystemDto['deadLetters']['newest'] = []
  if (newestFile !== undefined) {
    for await (const { letter } of readDeadLetters(join(dir, newestFile))) {
      if (letter) newest.push({ time: letter.time, stage: letter.stage, reason: letter.reason })
      if (newest.length > SHOWN_LETTERS) newest.shift()
    }
  }
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), newest: newest.reverse() }
}

/** A real embedded engine in a folder of its own, for tests. One at a time in a test file: chDB holds one folder a process. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChdbOptions, openChdb } from '#store/chdb.ts'
import type { Engine } from '#store/engine.ts'
import { migrate } from '#store/migrate.ts'
import { silentLogger } from '#telemetry/logger.ts'

export interface TestEngine {
  readonly engine: Engine
  /** Closes the engine and removes its folder. */
  close(): Promise<void>
}

/** Opens an engine with empty tables. */
export async function openTestEngine(options: Partial<ChdbOptions> = {}): Promise<TestEngine> {
  const path = await mkdtemp(join(tmpdir(), 'xtrace-store-'))
  const engine = await openChdb({
    path,
    memoryBytes: 1_500_000_000,
    queryConnections: 2,
    maxQuerySeconds: 20,
    maxQueryMemoryBytes: 700_000_000,
    logger: silentLogger,
    ...options,
  })
  await migrate(engine)
  return {
    engine,
    async close() {
      await engine.close()
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** The embedded engine on a data folder, with no server around it. */
import { join } from 'node:path'
import { openChdb } from '../../packages/server/src/store/chdb.ts'
import type { Engine } from '../../packages/server/src/store/engine.ts'
import { migrate } from '../../packages/server/src/store/migrate.ts'
import { silentLogger } from '../../packages/server/src/telemetry/logger.ts'

const GIB = 1024 ** 3

/** Opens the folder's store as the server would, its tables made. */
export async function openBenchEngine(dataDir: string): Promise<Engine> {
  const engine = await openChdb({
    path: join(dataDir, 'store'),
    memoryBytes: 4 * GIB,
    maxQuerySeconds: 3600,
    maxQueryMemoryBytes: 3 * GIB,
    maxResultBytes: GIB,
    logger: silentLogger,
  })
  await migrate(engine)
  return engine
}

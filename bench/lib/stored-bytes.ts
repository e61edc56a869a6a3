import { join } from 'node:path'
import { runTsx } from './tsx-child.ts'

const SIZE = join(import.meta.dirname, '..', 'engine', 'size.ts')

/** What a store's rows take on disk. Parts that merges have replaced lie there for minutes more and do not count. */
export async function storedBytes(dataDir: string): Promise<number> {
  return Number(await runTsx(SIZE, [dataDir]))
}

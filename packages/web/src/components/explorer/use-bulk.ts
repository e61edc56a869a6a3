import { useQueryClient } from '@tanstack/react-query'
import { showToast } from '#components/ui/toast.tsx'
import type { BulkRun } from './run-bulk.ts'
import type { ExplorerState } from './use-explorer.ts'

/** Does something to many traces in the background of the server and says how it ended; deletions can be undone. */
export function useBulk(table: ExplorerState): (run: BulkRun) => Promise<void> {
  const client = useQueryClient()
  return async (run) => {
    try {
      const { runBulk } = await import('./run-bulk.ts')
      await runBulk(client, table, run)
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    }
  }
}

/** Bodies of the route that takes backups (docs/operations.md). */
import { z } from 'zod'

export const BackupBody = z.object({
  target: z.string().min(1).meta({
    description: 'Absolute path, on the machine of the server, of a folder that does not exist yet or is empty',
  }),
  withCredentials: z.boolean().optional().meta({
    description: 'Takes the key files of the data folder along; whoever has them can read and write everything',
  }),
})
export type BackupBody = z.output<typeof BackupBody>

/** A line of the answer: what was copied so far; the last one is `done` or `failed`. */
export const BackupLine = z.object({
  status: z.enum(['copying', 'done', 'failed']),
  files: z.number(),
  bytes: z.number(),
  message: z.string().optional(),
})
export type BackupLine = z.output<typeof BackupLine>

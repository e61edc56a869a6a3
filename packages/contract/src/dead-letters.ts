/** Answer of the route that sends dead letters again (docs/operations.md). */
import { z } from 'zod'

export const ReplayedDeadLettersDto = z.object({
  letters: z.number().meta({ description: 'Records that are in the event log once more' }),
  unreadable: z.number().meta({ description: 'Lines that a crash cut off; they stay where they are' }),
})
export type ReplayedDeadLettersDto = z.output<typeof ReplayedDeadLettersDto>

import { ReplayedDeadLettersDto } from '@xtrace/contract'
import type { EventLog } from '#eventlog/event-log.ts'
import { replayAllDeadLetters } from '#http/replay-dead-letters.ts'
import { type Route, route } from '#http/route.ts'
import type { Logger } from '#telemetry/logger.ts'

export interface DeadLetterDeps {
  readonly deadLetterDir: string
  readonly log: Pick<EventLog, 'append'>
  /** Runs the work while nothing is being stored, so that no letter is written to a file that is about to go. */
  between<T>(work: () => Promise<T>): Promise<T>
  readonly logger: Logger
}

/** Dead letters hold what all projects recorded: sending them again is for whoever runs the server. */
export function deadLetterRoutes({ deadLetterDir, log, between, logger }: DeadLetterDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/admin/dead-letters/replay',
      access: 'token',
      errors: 'native',
      doc: {
        operationId: 'replay_dead_letters',
        tag: 'System',
        summary: 'Send all records again that could not be stored',
        description: 'The answer comes once they are in the event log. What is refused again is a dead letter again.',
        responses: { 200: ReplayedDeadLettersDto },
      },
      handle: async () => {
        const replayed = await between(() => replayAllDeadLetters(deadLetterDir, log))
        logger.info(replayed, 'dead letters were sent again')
        return { body: { ...replayed } satisfies ReplayedDeadLettersDto }
      },
    }),
  ]
}

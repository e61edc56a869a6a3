import { randomUUID } from 'node:crypto'
import { LegacyWriteBody } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'

export type LegacyWrite = 'trace' | 'span' | 'span-update' | 'generation' | 'generation-update' | 'event'

const EVENT_TYPES: Readonly<Record<LegacyWrite, string>> = {
  trace: 'trace-create',
  span: 'span-create',
  'span-update': 'span-update',
  generation: 'generation-create',
  'generation-update': 'generation-update',
  event: 'event-create',
}

/**
 * The batch, of one event, that a request to one of the oldest write routes stands for
 * (langfuse-ingestion contract §2.6). A record without an id gets one; an update must name what it
 * updates. @throws AppError `bad_request` when the body is no object or an update names nothing
 */
export function legacyBatch(write: LegacyWrite, sent: unknown, receivedAt: number): { id: string; batch: unknown } {
  const parsed = LegacyWriteBody.safeParse(sent)
  if (!parsed.success) throw new AppError('bad_request', undefined, { issues: parsed.error.issues })
  const isGeneration = write.startsWith('generation')
  const body = renamed(parsed.data, isGeneration)
  const id = idOf(body['id'], write)
  const timestamp = new Date(receivedAt).toISOString()
  return { id, batch: { batch: [{ id: randomUUID(), type: EVENT_TYPES[write], timestamp, body: { ...body, id } }] } }
}

/** The oldest routes call some fields of the event body by another name. */
function renamed(sent: LegacyWriteBody, isGeneration: boolean): Record<string, unknown> {
  if (!isGeneration) return { ...sent, id: sent['spanId'] ?? sent['id'] }
  return {
    ...sent,
    id: sent['generationId'] ?? sent['id'],
    input: sent['prompt'] ?? sent['input'],
    output: sent['completion'] ?? sent['output'],
  }
}

function idOf(id: unknown, write: LegacyWrite): string {
  if (typeof id === 'string' && id !== '') return id
  if (!write.endsWith('-update')) return randomUUID()
  throw new AppError('bad_request', `${write === 'span-update' ? 'spanId' : 'generationId'} is required`)
}

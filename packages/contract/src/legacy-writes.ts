/**
 * Bodies of the oldest write routes, one record a request (langfuse-ingestion contract §2.6). They
 * are turned into batch events and checked as those; what is here is only what differs.
 */
import { z } from 'zod'

/** POST and PATCH take any object; its fields are those of the matching event body. */
export const LegacyWriteBody = z.record(z.string(), z.unknown())
export type LegacyWriteBody = z.infer<typeof LegacyWriteBody>

export const LegacyWriteResponse = z.object({ id: z.string() })
export type LegacyWriteResponse = z.infer<typeof LegacyWriteResponse>

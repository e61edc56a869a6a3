import type { z } from 'zod'

/** A field that clients may leave out or send as null: both are as good as absent (langfuse-ingestion contract §10.5). */
export const given = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined)

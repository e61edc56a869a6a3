const MAX_LENGTH = 40
const RESERVED_PREFIX = /^(?:langfuse[-_]?)+/
const ALLOWED = /^[a-z0-9_-]+$/

/** Where a record belongs when it does not say. */
const DEFAULT_ENVIRONMENT = 'default'

/**
 * The environment under which a record is stored: lower case, without the reserved `langfuse`
 * prefix, at most 40 characters; `default` for anything that can't be one. Never an error
 * (langfuse-ingestion contract §2.3).
 */
export function normaliseEnvironment(value: unknown): string {
  if (typeof value !== 'string') return DEFAULT_ENVIRONMENT
  const name = value.toLowerCase().replace(RESERVED_PREFIX, '').slice(0, MAX_LENGTH)
  return ALLOWED.test(name) ? name : DEFAULT_ENVIRONMENT
}

import type { NativeFailure, z } from '@xtrace/contract'

/** The first problem as a sentence that names the field, `observations[0]` or the like in front. */
export function problemOf(where: string, { issues }: Pick<z.ZodError, 'issues'>): string {
  const [issue] = issues
  if (!issue) return `${where} is not valid`
  const path = [where, ...issue.path.map(String)].filter(Boolean).join('.')
  return `${path || 'body'}: ${issue.message}`
}

/** What the answer says of a record that was refused (xtrace-native contract §3). */
export function failure(sent: unknown, index: number | null, message: string): NativeFailure {
  const id: unknown = typeof sent === 'object' && sent !== null ? Reflect.get(sent, 'id') : undefined
  return { id: typeof id === 'string' ? id : null, index, message }
}

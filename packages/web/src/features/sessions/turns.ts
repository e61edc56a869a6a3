/** The traces of a session as turns of one conversation. Pure. */
import type { TraceListRowDto } from '@xtrace/contract'
import type { TurnRecord } from '#api/sessions.ts'
import type { Message } from '#lib/chat/chat.ts'
import { isObject, parsePayload } from '#lib/chat/payload.ts'
import { present } from '#lib/chat/present.ts'
import { type ReplayTrace, type ReplayTurn, replaySession } from '#lib/trace/session-replay.ts'

export interface SessionTrace extends ReplayTrace {
  readonly row: TraceListRowDto
  /** Undefined until it is read. */
  readonly record: TurnRecord | undefined
}

export type SessionTurn = ReplayTurn<SessionTrace>

/** The messages of a payload, of the first alternative where there are several; none when it is no chat. */
function messagesOf(text: string | undefined): readonly Message[] {
  const shown = present(text)
  if (shown.kind !== 'chat') return []
  return [...shown.chat.messages, ...(shown.chat.choices[0]?.messages ?? [])]
}

/** The text that a payload is, or that is the only field of it, such as `{"question": "…"}`. */
function soleText(text: string | undefined): string | undefined {
  const shown = present(text)
  if (shown.kind === 'text') return unquoted(shown.text)
  if (shown.kind !== 'json' || !isObject(shown.value)) return undefined
  const [only, ...others] = Object.values(shown.value)
  return typeof only === 'string' && others.length === 0 ? only : undefined
}

/** What a JSON string says; other text as it is. */
function unquoted(text: string): string {
  const value = text.startsWith('"') ? parsePayload(text) : undefined
  return typeof value === 'string' ? value : text
}

/** What the trace was asked or answered; a plain text is that of the user or the assistant, under its own name. */
function said(text: string | undefined, { role, rawRole }: Pick<Message, 'role' | 'rawRole'>): readonly Message[] {
  const messages = messagesOf(text)
  if (messages.length > 0) return messages
  const plain = soleText(text)
  if (plain === undefined || plain.trim() === '') return []
  return [{ role, rawRole, name: undefined, parts: [{ type: 'text', text: plain }], path: [] }]
}

const askedIn = (text: string | undefined) => said(text, { role: 'user', rawRole: 'input' })
const answeredIn = (text: string | undefined) => said(text, { role: 'assistant', rawRole: 'output' })

/** Whether the trace itself tells what the user said and what was answered. */
export const tellsConversation = ({ input, output }: { readonly input: string; readonly output: string }): boolean =>
  askedIn(input).some(({ role }) => role === 'user') && answeredIn(output).some(({ role }) => role === 'assistant')

export const endOf = ({ time, latency }: TraceListRowDto): number => time + (latency ?? 0) * 1000

/** One turn a trace, in the order of their starts; those not read yet have no messages. */
export function turnsOf(
  rows: readonly TraceListRowDto[],
  records: ReadonlyMap<string, TurnRecord>,
): readonly SessionTurn[] {
  return replaySession(
    rows.map((row) => {
      const record = records.get(row.id)
      return {
        id: row.id,
        row,
        record,
        startMs: row.time,
        endMs: endOf(row),
        rootInput: askedIn(record?.input),
        rootOutput: answeredIn(record?.output),
        lastInput: messagesOf(record?.last?.input),
        lastOutput: messagesOf(record?.last?.output),
        tools: record?.tools ?? [],
      }
    }),
  )
}

export type StripPiece =
  | { readonly kind: 'trace'; readonly row: TraceListRowDto; readonly weight: number }
  | { readonly kind: 'pause'; readonly ms: number; readonly after: string }

export const LONG_PAUSE_MS = 60_000
/** A trace is at least so much of the longest one. */
const LEAST_WEIGHT = 0.04

/** Blocks for traces, as wide as they are long, and the pauses of more than a minute between them. */
export function stripOf(rows: readonly TraceListRowDto[]): StripPiece[] {
  const longest = Math.max(...rows.map((row) => endOf(row) - row.time), 1)
  const pieces: StripPiece[] = []
  let reachedMs: number | undefined
  let before = ''
  for (const row of rows.toSorted((a, b) => a.time - b.time)) {
    const pause = reachedMs === undefined ? 0 : row.time - reachedMs
    if (pause > LONG_PAUSE_MS) pieces.push({ kind: 'pause', ms: pause, after: before })
    pieces.push({ kind: 'trace', row, weight: Math.max((endOf(row) - row.time) / longest, LEAST_WEIGHT) })
    reachedMs = Math.max(reachedMs ?? 0, endOf(row))
    before = row.id
  }
  return pieces
}

/** The trace after, or before, the chosen one; the first, or last, when none is chosen; an end is its own neighbour. */
export function neighbourOf(
  rows: readonly TraceListRowDto[],
  chosen: string | undefined,
  step: 1 | -1,
): string | undefined {
  const place = rows.findIndex(({ id }) => id === chosen)
  const next = place === -1 && step === -1 ? rows.length - 1 : place + step
  return rows[Math.min(Math.max(next, 0), rows.length - 1)]?.id
}

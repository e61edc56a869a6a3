import { isDeeperThan, parsePayload } from '#lib/chat/payload.ts'

/** What the fields of the dialog hold. */
export interface ItemDraft {
  readonly datasetName: string
  readonly input: string
  readonly expectedOutput: string
  readonly metadata: string
}

export interface ItemSource {
  readonly traceId: string
  readonly observationId: string | undefined
}

/** The JSON text of a new item; what is JSON goes as it stands, digit by digit, other text as text, '' not at all. */
export function itemText({ datasetName, ...fields }: ItemDraft, { traceId, observationId }: ItemSource): string {
  const members = [
    ['datasetName', JSON.stringify(datasetName)],
    ...Object.entries(fields).map(([name, text]) => [name, jsonText(text)]),
    ['sourceTraceId', JSON.stringify(traceId)],
    ['sourceObservationId', observationId === undefined ? undefined : JSON.stringify(observationId)],
  ]
  return `{${members.flatMap(([name, text]) => (text === undefined ? [] : `"${name}":${text}`)).join(',')}}`
}

function jsonText(text: string): string | undefined {
  if (text.trim() === '') return undefined
  return isJson(text) ? text : JSON.stringify(text)
}

const MOST_LEVELS = 500

const isJson = (text: string): boolean => {
  const value = parsePayload(text)
  return value !== undefined && !isDeeperThan(value, MOST_LEVELS)
}

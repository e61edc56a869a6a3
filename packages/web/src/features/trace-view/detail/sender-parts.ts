import { isObject, type JsonObject } from '#lib/chat/payload.ts'

/** Metadata, apart from what describes who sent it. */
export interface SenderParts {
  /** What the program itself put there. */
  readonly own: unknown
  /** The attributes of the span, as text. */
  readonly attributes: JsonObject | undefined
  readonly resource: JsonObject | undefined
  readonly scope: { readonly name: string; readonly version: string; readonly attributes: JsonObject } | undefined
}

/** Takes apart what the OTLP way in wrote: only beside a resource and a scope are the three names its own. */
export function senderParts(metadata: unknown): SenderParts {
  const none = { own: metadata, attributes: undefined, resource: undefined, scope: undefined }
  if (!isObject(metadata)) return none
  const { attributes, resourceAttributes, scope, ...own } = metadata
  if (!isObject(resourceAttributes) || !isObject(scope)) return none
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    own: isObject(attributes) || attributes === undefined ? own : { ...own, attributes },
    attributes: isObject(attributes) ? attributes : undefined,
    resource: resourceAttributes,
    scope: {
      name: textOf(scope['name']),
      version: textOf(scope['version']),
      attributes: isObject(scope['attributes']) ? scope['attributes'] : {},
    },
  }
}

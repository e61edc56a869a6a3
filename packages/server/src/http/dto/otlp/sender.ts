import { printJson } from '#lib/json/print.ts'
import { type JsonTree, parseTree } from '#lib/json/tree.ts'
import { type KeyValue, keyValues } from './any-value.ts'

/** The program that sent a span: its resource and its scope, in OTLP/JSON. */
export interface Sender {
  readonly resource: { readonly attributes: readonly KeyValue[] }
  readonly scope: object
  /** Equal for equal senders. */
  readonly key: string
}

/** What the metadata of a record that came by OTLP says of where it came from; of others there is nothing. */
export interface Provenance {
  readonly sender: Sender
  /** The attributes that the span was sent with, without payloads and metadata; their values are text. */
  readonly attributes: ReadonlyMap<string, string>
}

/** Reads `attributes`, `resourceAttributes` and `scope` of metadata (langfuse-ingestion contract §5.8). */
export function provenanceOf(metadata: string): Provenance {
  const members = membersOf(parseTree(metadata))
  const resource = members.get('resourceAttributes')
  const scope = members.get('scope')
  // A client may keep a word of its own under one of these names.
  if (!(resource instanceof Map && scope instanceof Map)) return NO_PROVENANCE
  return {
    sender: senderOf(keyValues(resource), {
      name: textAt(scope, 'name'),
      version: textAt(scope, 'version'),
      attributes: keyValues(membersOf(scope.get('attributes'))),
    }),
    attributes: textsOf(membersOf(members.get('attributes'))),
  }
}

function senderOf(attributes: readonly KeyValue[], scope: object): Sender {
  return { resource: { attributes }, scope, key: printJson([attributes, scope]) }
}

const NO_PROVENANCE: Provenance = { sender: senderOf([], { name: 'xtrace' }), attributes: new Map() }

const membersOf = (tree: JsonTree | undefined): ReadonlyMap<string, JsonTree> =>
  tree instanceof Map ? tree : new Map()

const textAt = (members: ReadonlyMap<string, JsonTree>, key: string): string => textsOf(members).get(key) ?? ''

function textsOf(members: ReadonlyMap<string, JsonTree>): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [key, tree] of members) {
    if (!(tree instanceof Map || Array.isArray(tree)) && tree.text.startsWith('"'))
      texts.set(key, String(JSON.parse(tree.text)))
  }
  return texts
}

import { AppError } from '#domain/errors.ts'
import type { PromptContent, PromptGraph, PromptNode } from '#domain/prompt.ts'
import { filledLength, fillReferences, findReferences, type PromptReference, tagOf } from '#domain/prompt-references.ts'

/** References in a row that are too many (public-api contract §9.1). */
const MAX_DEPTH = 5
/** Each is a question to the database. */
const MAX_REFERENCES = 500
/** References multiply: a few lines can stand for gigabytes. */
const MAX_CHARACTERS = 8_000_000

export interface PromptSource extends PromptNode {
  readonly content: PromptContent
}

export interface ResolveOptions {
  find(reference: PromptReference): Promise<PromptSource | undefined>
  /** How a prompt that can't be resolved is refused: a new one is a bad request, a stored one a conflict. */
  readonly failure: 'bad_request' | 'conflict'
}

export interface Resolved {
  readonly content: PromptContent
  /** Undefined where there was nothing to replace. */
  readonly graph: PromptGraph | undefined
}

/**
 * Replaces the references of a prompt, and theirs, by the texts they stand for (public-api contract §9.1, §9.2).
 * @throws AppError `options.failure` for a reference that can't be read, leads nowhere, to a chat or
 * back to where it came from, and for too deep, too many or too long ones
 */
export async function resolvePrompt(root: PromptSource, options: ResolveOptions): Promise<Resolved> {
  const walk = new Walk(options)
  const { content } = await walk.fill(root, [])
  if (walk.dependencies.size === 0) return { content: root.content, graph: undefined }
  return { content, graph: { root: nodeOf(root), dependencies: Object.fromEntries(walk.dependencies) } }
}

interface Filled {
  readonly content: PromptContent
  /** References from here to the farthest prompt. */
  readonly height: number
}

interface Followed extends Filled {
  readonly node: PromptNode
  readonly content: string
}

class Walk {
  readonly dependencies = new Map<string, PromptNode[]>()
  readonly #options: ResolveOptions
  readonly #followed = new Map<string, Followed>()

  constructor(options: ResolveOptions) {
    this.#options = options
  }

  /** `ancestors` are the names between the root and the source, both without it. */
  async fill(source: PromptSource, ancestors: readonly string[]): Promise<Filled> {
    const texts = new Map<string, string>()
    const nodes: PromptNode[] = []
    let height = 0
    for (const reference of findReferences(source.content)) {
      if (typeof reference === 'string') throw this.#fault(`Invalid prompt dependency tag: ${reference}`)
      const followed = await this.#follow(reference, [...ancestors, source.name])
      texts.set(tagOf(reference), followed.content)
      nodes.push(followed.node)
      height = Math.max(height, followed.height + 1)
    }
    if (nodes.length === 0) return { content: source.content, height }
    if (filledLength(source.content, texts) > MAX_CHARACTERS)
      throw this.#fault(`With its dependencies, '${source.name}' is longer than ${MAX_CHARACTERS} characters`)
    this.dependencies.set(source.id, nodes)
    return { content: fillReferences(source.content, texts), height }
  }

  async #follow(reference: PromptReference, path: readonly string[]): Promise<Followed> {
    if (path.includes(reference.name))
      throw this.#fault(`Circular prompt dependency: ${[...path, reference.name].map(quoted).join(' → ')}`)
    if (path.length >= MAX_DEPTH) throw this.#tooDeep()
    const tag = tagOf(reference)
    const followed = this.#followed.get(tag) ?? (await this.#load(reference, path))
    if (path.length + followed.height >= MAX_DEPTH) throw this.#tooDeep()
    this.#followed.set(tag, followed)
    return followed
  }

  async #load(reference: PromptReference, path: readonly string[]): Promise<Followed> {
    if (this.#followed.size >= MAX_REFERENCES)
      throw this.#fault(`A prompt can't have more than ${MAX_REFERENCES} dependencies`)
    const source = await this.#options.find(reference)
    if (!source) throw this.#fault(`Prompt dependency not found: ${described(reference)}`)
    const { content, height } = await this.fill(source, path)
    if (typeof content !== 'string')
      throw this.#fault(`Prompt dependency is not a text prompt: ${described(reference)}`)
    return { content, height, node: nodeOf(source) }
  }

  #tooDeep(): AppError {
    return this.#fault(`Prompt dependencies are nested ${MAX_DEPTH} deep or more`)
  }

  #fault(message: string): AppError {
    return new AppError(this.#options.failure, message)
  }
}

const nodeOf = ({ id, name, version }: PromptNode): PromptNode => ({ name, version, id })

const quoted = (name: string) => `'${name}'`

function described(reference: PromptReference): string {
  const choice = 'version' in reference ? `version ${reference.version}` : `label '${reference.label}'`
  return `${quoted(reference.name)} with ${choice}`
}

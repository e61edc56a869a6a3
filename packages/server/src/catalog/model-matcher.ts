import { LRUCache } from 'lru-cache'
import type { ProjectId } from '#domain/ids.ts'
import type { Model } from '#domain/model.ts'
import { compilePattern, MAX_NAME_LENGTH } from './model-pattern.ts'
import { literalsOf } from './pattern-literals.ts'

/** Other processes' edits are seen after this long; our own at once. */
const FRESH_MS = 10_000
const MAX_RESULTS = 10_000
const MAX_PROJECTS = 1_000

export interface ModelMatcher {
  /** The first entry whose pattern matches: own before built-in, newest start first (langfuse-ingestion contract §4.1). */
  find(projectId: ProjectId, name: string): Promise<Model | undefined>
  /** Must be called after every edit. */
  forget(): void
}

export interface ModelMatcherOptions {
  /** In the order in which they are to be tried. */
  readonly builtin: readonly Model[]
  ownModels(projectId: ProjectId): Promise<readonly Model[]>
}

interface Candidate {
  readonly model: Model
  matches(name: string, lowerCaseName: string): boolean
}

export function createModelMatcher(options: ModelMatcherOptions): ModelMatcher {
  const builtin = compile(options.builtin)
  const results = new LRUCache<string, { model: Model | undefined }>({ max: MAX_RESULTS, ttl: FRESH_MS })
  const candidates = new LRUCache<ProjectId, readonly Candidate[]>({ max: MAX_PROJECTS, ttl: FRESH_MS })
  let edits = 0

  const ownCandidates = async (projectId: ProjectId) => {
    const known = candidates.get(projectId)
    if (known) return known
    const asked = edits
    const own = compile((await options.ownModels(projectId)).toSorted(newestFirst))
    // What was read before an edit must not outlive it.
    if (asked === edits) candidates.set(projectId, own)
    return own
  }

  return {
    async find(projectId, name) {
      if (name === '' || name.length > MAX_NAME_LENGTH) return undefined
      const key = `${projectId}\n${name}`
      const known = results.get(key)
      if (known) return known.model
      const asked = edits
      const own = await ownCandidates(projectId)
      const lowerCaseName = name.toLowerCase()
      const isMatch = (candidate: Candidate) => candidate.matches(name, lowerCaseName)
      const model = (own.find(isMatch) ?? builtin.find(isMatch))?.model
      if (asked === edits) results.set(key, { model })
      return model
    },
    forget() {
      edits++
      candidates.clear()
      results.clear()
    },
  }
}

/** Entries without a start come last. */
export function startOf(model: Model): number {
  return model.startDate ?? Number.MIN_SAFE_INTEGER
}

function newestFirst(a: Model, b: Model): number {
  const byStart = startOf(b) - startOf(a)
  return byStart || b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)
}

/** A pattern is read when it is first tried, and compiled when a name has what it takes to match it. */
function compile(models: readonly Model[]): Candidate[] {
  return models.map((model) => {
    let literals: readonly string[] | undefined | null = null
    let pattern: RegExp | undefined
    return {
      model,
      matches(name, lowerCaseName) {
        if (literals === null) literals = literalsOf(model.matchPattern)
        if (literals && !literals.some((literal) => lowerCaseName.includes(literal))) return false
        pattern ??= compilePattern(model.matchPattern)
        return pattern.test(name)
      },
    }
  })
}

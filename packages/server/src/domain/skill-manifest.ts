import { parse } from 'yaml'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { MANIFEST_PATH } from './skill.ts'

/** What the front matter of a skill's manifest says. */
export interface SkillManifest {
  readonly name: string
  readonly description: string
  readonly frontmatter: Readonly<Record<string, unknown>>
}

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/

const Manifest = z.looseObject({
  name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'expected up to 100 letters, digits, "-", "_" and "."'),
  description: z.string().min(1).max(10_000),
})

/**
 * Reads the YAML between the dashes at the top of SKILL.md.
 * @throws AppError `bad_request` when there is none, when it is no YAML, or without a name and a description
 */
export function parseManifest(text: string): SkillManifest {
  const [, yaml] = FRONT_MATTER.exec(text.replace(/^\uFEFF/, '')) ?? []
  if (yaml === undefined)
    throw refusal('begins with no front matter; put name and description between two lines of ---')
  const parsed = Manifest.safeParse(readYaml(yaml))
  if (parsed.success) return { name: parsed.data.name, description: parsed.data.description, frontmatter: parsed.data }
  const [issue] = parsed.error.issues
  throw refusal(`has front matter that does not fit: ${issue?.path.join('.') || 'it'}: ${issue?.message}`)
}

function readYaml(yaml: string): unknown {
  try {
    // Without aliases a few bytes can't become gigabytes; as JSON, dates and the like are what they will be read back as.
    const value: unknown = parse(yaml, { maxAliasCount: 0, schema: 'core' })
    return JSON.parse(JSON.stringify(value) ?? 'null')
  } catch (cause) {
    throw refusal(`has front matter that is no YAML: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

function refusal(fault: string, cause?: unknown): AppError {
  return new AppError('bad_request', `${MANIFEST_PATH} ${fault}`, { cause, reason: 'invalid_body' })
}

/** Skills: folders of instructions that agents load, in versions that never change (public-api contract §26.3). */
import type { ProjectId } from './ids.ts'

export interface SkillFile {
  readonly id: string
  /** Relative to the skill's folder; unique in it. */
  readonly path: string
  /** Base64 of the SHA-256 of the content. */
  readonly sha256: string
  /** Of the content, which files with the same content share. */
  readonly contentId: string
  readonly contentType: string
  /** Bytes. */
  readonly contentLength: number
}

export interface SkillVersion {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  /** From 1. */
  readonly version: number
  readonly description: string
  /** What the front matter of SKILL.md says, as JSON. */
  readonly frontmatter: unknown
  /** Shared by all versions. */
  readonly tags: readonly string[]
  /** Each is on one version of a skill; `latest` on the newest. */
  readonly labels: readonly string[]
  readonly commitMessage: string | undefined
  readonly files: readonly SkillFile[]
  /** Milliseconds since the epoch, as is the next. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** A skill in a list. */
export interface SkillSummary {
  readonly latest: SkillVersion
  readonly productionVersion: number | undefined
}

/** The file that makes a folder a skill. */
export const MANIFEST_PATH = 'SKILL.md'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  txt: 'text/plain',
  json: 'application/json',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  py: 'text/x-python',
  js: 'text/javascript',
  ts: 'text/typescript',
  sh: 'application/x-sh',
  html: 'text/html',
  css: 'text/css',
  csv: 'text/csv',
  xml: 'application/xml',
}

/** By the ending of the path; plain text when it tells nothing. */
export function contentTypeOf(path: string): string {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return CONTENT_TYPES[ending] ?? 'text/plain'
}

/** Skills: folders of instructions for agents, in versions (public-api contract §26.3). */
import { z } from 'zod'
import { csvParam, instantParam, optionalIntParam, PageMeta, pageParams, textParam } from './query-params.ts'

/** Relative, without steps upwards; `/` parts folders. */
const FilePath = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) =>
      !/[\\\p{Cc}]/u.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'Expected a relative path without "." and ".." as in "scripts/run.py"',
  )

/** Canonical base64 of 32 bytes. */
const Sha256 = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'Expected base64 of a SHA-256')

const FileBody = z.union([
  z.strictObject({ path: FilePath, content: z.string().max(2_000_000) }),
  z.strictObject({ path: FilePath, sha256Hash: Sha256 }),
])

export const CreateSkillVersionBody = z
  .object({
    files: z
      .array(FileBody)
      .min(1)
      .max(200)
      .refine((files) => new Set(files.map(({ path }) => path)).size === files.length, 'Paths must be unique'),
    commitMessage: z.string().max(500).nullish(),
  })
  .meta({ id: 'CreateSkillVersionBody' })
export type CreateSkillVersionBody = z.infer<typeof CreateSkillVersionBody>

export const SkillsQuery = z.object({
  ...pageParams(),
  name: textParam,
  search: textParam,
  tag: textParam,
  fromUpdatedAt: instantParam,
  toUpdatedAt: instantParam,
})
export type SkillsQuery = z.infer<typeof SkillsQuery>

/** By default the version with the label `production`. */
export const SkillQuery = z
  .object({ version: optionalIntParam, label: textParam })
  .refine(({ version, label }) => version === undefined || label === undefined, {
    path: ['label'],
    message: 'Give version or label, not both',
  })
export type SkillQuery = z.infer<typeof SkillQuery>

export const SkillParams = z.object({ skillName: z.string() })
/** A version that is no number is no version. */
export const SkillVersionParams = SkillParams.extend({
  skillVersion: z.string().transform((text) => (/^\d{1,9}$/.test(text) ? Number(text) : 0)),
})

const Tag = z.string().min(1).max(100)
const Label = z
  .string()
  .min(1)
  .max(36)
  .regex(/^[a-z0-9_.-]+$/, 'A label consists of lower-case letters, digits, "_", "-" and "."')

export const SkillTagsBody = z.object({ tags: z.array(Tag).max(100) }).meta({ id: 'SkillTagsBody' })
export const SkillLabelsBody = z.object({ labels: z.array(Label).max(100) }).meta({ id: 'SkillLabelsBody' })

export const SkillContentsQuery = z.object({
  sha256Hashes: csvParam
    // A "+" that a client left unescaped reaches us as a space.
    .transform((hashes) => hashes?.map((hash) => hash.replaceAll(' ', '+')))
    .pipe(z.array(Sha256).min(1).max(50))
    .meta({ param: { required: true } }),
})
export type SkillContentsQuery = z.infer<typeof SkillContentsQuery>

export const SkillVersionDto = z
  .object({
    id: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    projectId: z.string(),
    createdBy: z.string(),
    name: z.string(),
    description: z.string(),
    frontmatter: z.unknown(),
    version: z.int(),
    tags: z.array(z.string()),
    labels: z.array(z.string()),
    commitMessage: z.string().nullable(),
    files: z.array(
      z.object({
        id: z.string(),
        path: z.string(),
        blobId: z.string(),
        sha256Hash: z.string(),
        contentType: z.string(),
        contentLength: z.int(),
      }),
    ),
  })
  .meta({ id: 'SkillVersion' })
export type SkillVersionDto = z.infer<typeof SkillVersionDto>

export const SkillsDto = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      tags: z.array(z.string()),
      latestVersion: z.int(),
      latestVersionCreatedAt: z.iso.datetime(),
      latestVersionLastUpdatedAt: z.iso.datetime(),
      productionVersion: z.int().nullable(),
    }),
  ),
  meta: PageMeta.extend({ hasNextPage: z.boolean() }),
})
export type SkillsDto = z.infer<typeof SkillsDto>

export const SkillContentsDto = z.object({ data: z.array(z.object({ sha256Hash: z.string(), content: z.string() })) })
export type SkillContentsDto = z.infer<typeof SkillContentsDto>

export const SkillDeletedDto = z.object({ deleted: z.literal(true) })
export type SkillDeletedDto = z.infer<typeof SkillDeletedDto>

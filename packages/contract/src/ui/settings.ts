/** Settings of a project and its organization, and how the process fares, as the web interface shows and changes them. */
import { z } from 'zod'
import { MEMBERSHIP_ROLES } from '#membership-roles.ts'

export const UiProjectParams = z.object({ projectId: z.string() })
export const UiKeyParams = z.object({ projectId: z.string(), keyId: z.string() })
export const UiMemberParams = z.object({ projectId: z.string(), userId: z.string() })

const Name = z.string().trim().min(3, 'At least 3 characters').max(60, 'At most 60 characters')

export const UiProjectSettingsDto = z.object({
  name: z.string(),
  /** Null: what is recorded is kept for ever. */
  retentionDays: z.int().nullable(),
  /** What the server's settings say of every project; null is no bound. */
  server: z.object({ retentionDays: z.int().nullable(), maxBytes: z.number().nullable() }),
})
export type UiProjectSettingsDto = z.infer<typeof UiProjectSettingsDto>

export const UiUpdateProjectBody = z.object({
  name: Name,
  /** 0 keeps for ever. */
  retentionDays: z.union([z.literal(0), z.int().min(3).max(36_500)], 'Expected 0, or at least 3 days'),
})
export type UiUpdateProjectBody = z.infer<typeof UiUpdateProjectBody>

export const UiNewProjectBody = z.object({ organizationId: z.string().min(1), name: Name })
export type UiNewProjectBody = z.infer<typeof UiNewProjectBody>

export const UiNewProjectDto = z.object({ id: z.string(), name: z.string() })
export type UiNewProjectDto = z.infer<typeof UiNewProjectDto>

export const UiNewKeyBody = z.object({ name: z.string().trim().max(100).optional() })
export type UiNewKeyBody = z.infer<typeof UiNewKeyBody>

const Role = z.enum(MEMBERSHIP_ROLES)

export const UiMemberDto = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  /** In the organization; `NONE` leaves it to its projects. */
  role: z.enum([...MEMBERSHIP_ROLES, 'NONE']),
  /** In this project alone, where it differs. */
  projectRole: z.enum([...MEMBERSHIP_ROLES, 'NONE']).nullable(),
})
export type UiMemberDto = z.infer<typeof UiMemberDto>

export const UiMembersDto = z.object({ members: z.array(UiMemberDto), canChange: z.boolean() })
export type UiMembersDto = z.infer<typeof UiMembersDto>

/** A password that is chosen now. */
export const NewPassword = z.string().min(8, 'At least 8 characters').max(1000)

export const UiNewMemberBody = z.object({
  email: z.email('Not an address').max(320),
  name: z.string().trim().max(200).optional(),
  role: Role,
  /** Of a user who is new to this server; that of one who exists is theirs. */
  password: NewPassword.optional(),
})
export type UiNewMemberBody = z.infer<typeof UiNewMemberBody>

export const UiMemberRoleBody = z.object({ role: Role })
export type UiMemberRoleBody = z.infer<typeof UiMemberRoleBody>

/** Whether the user was made, with the password, or existed. */
export const UiMemberAddedDto = z.object({ userId: z.string(), isNew: z.boolean() })
export type UiMemberAddedDto = z.infer<typeof UiMemberAddedDto>

export const UiDoneDto = z.object({ done: z.literal(true) })
export type UiDoneDto = z.infer<typeof UiDoneDto>

export const UiSystemDto = z.object({
  /** Bytes acknowledged and not yet stored, and the bound past which writes are refused. */
  log: z.object({ backlogBytes: z.number(), maxBytes: z.number() }),
  /** Of the data folder's disk. */
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
  deadLetters: z.object({
    bytes: z.number(),
    /** The newest first. */
    newest: z.array(z.object({ time: z.string(), stage: z.string(), reason: z.string() })),
  }),
  tables: z.array(z.object({ name: z.string(), rows: z.number(), parts: z.number(), bytes: z.number() })),
  /** The slowest since the start, without their values. */
  slowQueries: z.array(
    z.object({ text: z.string(), lane: z.string(), seconds: z.number(), at: z.number(), isFailed: z.boolean() }),
  ),
  process: z.object({ startedAt: z.number(), residentBytes: z.number(), version: z.string() }),
})
export type UiSystemDto = z.infer<typeof UiSystemDto>

/** What an organization's key sees and changes of its organization (public-api contract §19). */
import { z } from 'zod'
import { MEMBERSHIP_ROLES } from './membership-roles.ts'
import { ApiKeyDto } from './project-admin.ts'

export const OrganizationProjectsDto = z.object({
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      metadata: z.record(z.string(), z.unknown()),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
    }),
  ),
})
export type OrganizationProjectsDto = z.infer<typeof OrganizationProjectsDto>

export const OrganizationKeysDto = z.object({ apiKeys: z.array(ApiKeyDto) })
export type OrganizationKeysDto = z.infer<typeof OrganizationKeysDto>

export const MembershipDto = z.object({
  userId: z.string(),
  role: z.enum(MEMBERSHIP_ROLES),
  email: z.string(),
  name: z.string(),
})
export type MembershipDto = z.infer<typeof MembershipDto>

export const MembershipsDto = z.object({ memberships: z.array(MembershipDto) })
export type MembershipsDto = z.infer<typeof MembershipsDto>

export const SetMembershipBody = z
  .object({ userId: z.string().min(1), role: z.enum(MEMBERSHIP_ROLES) })
  .meta({ id: 'SetMembershipBody' })

export const RemoveMembershipBody = z.object({ userId: z.string().min(1) }).meta({ id: 'RemoveMembershipBody' })

export const MembershipRemovedDto = z.object({ message: z.string(), userId: z.string() })
export type MembershipRemovedDto = z.infer<typeof MembershipRemovedDto>

/** Signing in to the web interface, and who is signed in. */
import { z } from 'zod'
import { MEMBERSHIP_ROLES } from '#membership-roles.ts'

/** A user's address and password, or the bearer token of the process. */
export const SignInBody = z.union([
  z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1000) }),
  z.strictObject({ token: z.string().min(1).max(2000) }),
])
export type SignInBody = z.infer<typeof SignInBody>

export const UiRole = z.enum(MEMBERSHIP_ROLES)
export type UiRole = z.infer<typeof UiRole>

/** A project that the session may open, and what it may do there. */
export const UiProjectDto = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  role: UiRole,
  /** Hosts whose pictures may be loaded; of all others only the address is shown. */
  imageHosts: z.array(z.string()),
})
export type UiProjectDto = z.infer<typeof UiProjectDto>

/** `host` or `host:port` of https addresses. */
const ImageHost = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/,
    'Expected a host such as images.example.org',
  )

export const UiImageHostsBody = z.object({ hosts: z.array(ImageHost).max(20) })
export type UiImageHostsBody = z.infer<typeof UiImageHostsBody>

export const SessionInfoDto = z.object({
  /** Null for a session that was opened with the token. */
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
  /** To be sent as `X-Xtrace-Csrf` with everything but GET. */
  csrfToken: z.string(),
  /** Oldest first. */
  projects: z.array(UiProjectDto),
  /** Whether it may see how the process and its storage fare. */
  isOperator: z.boolean(),
  version: z.string(),
})
export type SessionInfoDto = z.infer<typeof SessionInfoDto>

export const SignedOutDto = z.object({ signedOut: z.literal(true) })
export type SignedOutDto = z.infer<typeof SignedOutDto>

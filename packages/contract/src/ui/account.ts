/** What somebody who is signed in changes about themselves. */
import { z } from 'zod'
import { NewPassword } from './settings.ts'

export const UiPasswordBody = z.strictObject({ current: z.string().min(1).max(1000), next: NewPassword })
export type UiPasswordBody = z.infer<typeof UiPasswordBody>

/** How many other browsers were signed out. */
export const UiOthersSignedOutDto = z.object({ others: z.int() })
export type UiOthersSignedOutDto = z.infer<typeof UiOthersSignedOutDto>

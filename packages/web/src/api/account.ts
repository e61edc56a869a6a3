import { UiOthersSignedOutDto, type UiPasswordBody } from '@xtrace/contract'
import { call } from './client.ts'

/** Other browsers are signed out with it. */
export const changePassword = (body: UiPasswordBody) =>
  call('/api/ui/account/password', { method: 'PUT', body, answer: UiOthersSignedOutDto })

export const signOutOthers = () =>
  call('/api/ui/account/other-sessions', { method: 'DELETE', answer: UiOthersSignedOutDto })

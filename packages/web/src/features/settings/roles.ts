import type { UiRole } from '@xtrace/contract'

export const ROLES: readonly { readonly value: UiRole; readonly label: string }[] = [
  { value: 'OWNER', label: 'Owner' },
  { value: 'ADMIN', label: 'Administrator' },
  { value: 'MEMBER', label: 'Member' },
  { value: 'VIEWER', label: 'Viewer' },
]

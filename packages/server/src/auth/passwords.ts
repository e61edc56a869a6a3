/** Passwords that people change themselves. What the settings say of a password is not theirs to change. */
import type { BrowserSessions } from '#catalog/browser-sessions.ts'
import type { User, Users } from '#catalog/users.ts'
import { hashPassword, verifyPassword } from './password.ts'
import type { Session } from './sessions.ts'

export interface PasswordChange {
  /** The present one. */
  readonly current: string
  readonly next: string
}

export type PasswordOutcome =
  | { readonly kind: 'changed' /** Other browsers that were signed out. */; readonly others: number }
  | { readonly kind: 'wrong' }
  /** The settings name it, and would set it again at the next start. */
  | { readonly kind: 'settled' }

export interface Passwords {
  /** Keeps the new password and ends all sessions of the user but this one. */
  change(session: Session & { readonly user: User }, change: PasswordChange): Promise<PasswordOutcome>
  /** Ends all sessions of the user but this one; gives how many there were. */
  signOutOthers(session: Session & { readonly user: User }): Promise<number>
}

export interface PasswordsOptions {
  readonly users: Pick<Users, 'findForSignIn' | 'setPassword'>
  readonly browserSessions: Pick<BrowserSessions, 'closeOthersOf'>
  /** The address of the user whose password the settings name. */
  readonly settledEmail: string | undefined
}

export function createPasswords({ users, browserSessions, settledEmail }: PasswordsOptions): Passwords {
  const signOutOthers: Passwords['signOutOthers'] = ({ id, user }) => browserSessions.closeOthersOf(user.id, id)
  return {
    signOutOthers,
    change: async (session, { current, next }) => {
      const { id, email } = session.user
      const { passwordHash } = (await users.findForSignIn(email)) ?? {}
      if (!passwordHash || !(await verifyPassword(current, passwordHash))) return { kind: 'wrong' }
      if (email === settledEmail?.toLowerCase()) return { kind: 'settled' }
      await users.setPassword(id, await hashPassword(next))
      return { kind: 'changed', others: await signOutOthers(session) }
    },
  }
}

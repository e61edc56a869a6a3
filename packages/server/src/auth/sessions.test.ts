import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Catalog, openCatalog } from '#catalog/catalog.ts'
import type { Users } from '#catalog/users.ts'
import { organizationId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { hashPassword } from './password.ts'
import { createPasswords } from './passwords.ts'
import { createSessions } from './sessions.ts'

const EMAIL = 'ada@example.org'
const [FIRST, SECOND] = ['first password', 'second password']

let folder: string
let catalog: Catalog
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xtrace-sessions-'))
  catalog = await openCatalog({ path: join(folder, 'catalog.db'), logger: silentLogger })
  const { id } = await catalog.users.ensure({ email: EMAIL, name: 'Ada' })
  await catalog.users.setPassword(id, await hashPassword(FIRST))
})
afterAll(async () => {
  await catalog?.close()
  await rm(folder, { recursive: true, force: true })
})

const sessionsOver = (users: Pick<Users, 'byId' | 'findForSignIn'>) =>
  createSessions({
    ...catalog,
    users,
    token: 'token',
    organizationId: organizationId('default'),
    csrfKey: new Uint8Array(32),
  })

describe('signing in while the password is changed', () => {
  test('opens nothing with the password before', async () => {
    const plain = sessionsOver(catalog.users)
    const earlier = await plain.signIn({ email: EMAIL, password: FIRST })
    const user = earlier?.session.user
    if (!earlier || !user) throw new Error('The password before is not taken')
    const passwords = createPasswords({ ...catalog, settledEmail: undefined })
    let isChanged = false
    // What is read of the user is that of before: the password changes before it is compared with what was typed.
    const findForSignIn: Users['findForSignIn'] = async (email) => {
      const found = await catalog.users.findForSignIn(email)
      if (!isChanged) {
        isChanged = true
        await passwords.change({ ...earlier.session, user }, { current: FIRST, next: SECOND })
      }
      return found
    }
    const slow = sessionsOver({ byId: catalog.users.byId, findForSignIn })
    expect(await slow.signIn({ email: EMAIL, password: FIRST })).toBeUndefined()
    expect(await catalog.browserSessions.closeOthersOf(user.id, earlier.session.id)).toBe(0)
    expect(await plain.signIn({ email: EMAIL, password: SECOND })).toMatchObject({
      session: { user: { email: EMAIL } },
    })
  })
})

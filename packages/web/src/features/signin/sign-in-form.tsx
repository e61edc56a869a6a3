import { type FormEvent, useState } from 'react'
import { ApiError } from '#api/api-error.ts'
import { signIn } from '#api/sign-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/input.tsx'

/** A user's address has an @ and no token does. */
const isAddress = (text: string) => text.includes('@')

/** One field for an address or the token; the password follows for an address. */
export function SignInForm({ onSignedIn }: { onSignedIn(): void }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const wantsPassword = isAddress(name)
  const [isPending, setPending] = useState(false)
  const [fault, setFault] = useState<string>()
  const attempt = async (event: FormEvent) => {
    event.preventDefault()
    setPending(true)
    try {
      await signIn(wantsPassword ? { email: name.trim(), password } : { token: name.trim() })
      onSignedIn()
    } catch (error) {
      setFault(faultOf(error, wantsPassword))
    } finally {
      setPending(false)
    }
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={attempt}>
      <Field
        label="Email or token"
        fault={wantsPassword ? undefined : fault}
        hint={wantsPassword ? undefined : TOKEN_HINT}
      >
        <Input
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          className="h-8"
          // A token is a secret: shown as one as soon as it can be no address.
          type={name.length > 2 && !wantsPassword ? 'password' : 'text'}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {wantsPassword ? (
        <Field label="Password" fault={fault}>
          <Input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className="h-8"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      ) : null}
      <Button type="submit" kind="primary" isLarge disabled={isPending || name.trim() === ''}>
        {isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

const TOKEN_HINT = 'The token is XTRACE_TOKEN of the lines that the server printed when it first started.'

function faultOf(error: unknown, wantsPassword: boolean): string {
  if (!(error instanceof ApiError)) return String(error)
  if (error.status === 401) return wantsPassword ? 'The address or the password is wrong.' : 'The token is wrong.'
  return error.message
}

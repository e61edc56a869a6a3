import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changePassword, signOutOthers } from '#api/account.ts'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { useProject } from '#project/use-project.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { Facts, Section } from './section.tsx'

/** Who is signed in, their password, and where else they are. */
export function AccountPage() {
  const { user } = useProject().session
  if (!user)
    return (
      <Section
        title="Account"
        text="You signed in with the token of the server, which belongs to nobody: it is set by API_BEARER_TOKEN. Members sign in with their address and a password of their own."
      >
        {null}
      </Section>
    )
  return (
    <>
      <Section title="Account">
        <Facts
          facts={[
            ['Name', user.name],
            ['Address', user.email],
          ]}
        />
      </Section>
      <Section title="Password" text="Changing it signs out your other browsers.">
        <PasswordForm email={user.email} />
      </Section>
      <Section
        title="Other browsers"
        text="A browser that is not used for seven days is signed out by itself."
        actions={
          <ConfirmButton
            verb="Sign out"
            label="Sign out all others"
            title="Sign out all other browsers"
            text="Everywhere but here you sign in again with your password."
            act={async () => showToast({ text: saidOf((await signOutOthers()).others) })}
          />
        }
      >
        {null}
      </Section>
    </>
  )
}

const saidOf = (others: number) =>
  others === 0
    ? 'No other browser was signed in'
    : `${others} other ${others === 1 ? 'browser' : 'browsers'} signed out`

const EMPTY = { current: '', next: '', again: '' }

function PasswordForm({ email }: { readonly email: string }) {
  const [fields, setFields] = useState(EMPTY)
  const saving = useMutation({
    mutationFn: () => changePassword({ current: fields.current, next: fields.next }),
    onSuccess: ({ others }) => {
      setFields(EMPTY)
      showToast({ text: `Password changed. ${saidOf(others)}.` })
    },
  })
  const isTwice = fields.next === fields.again
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isTwice) saving.mutate()
  }
  const input = (name: keyof typeof EMPTY, autoComplete: string) => (
    <Input
      type="password"
      required
      minLength={name === 'current' ? 1 : 8}
      autoComplete={autoComplete}
      value={fields[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
    />
  )
  return (
    <form className="flex max-w-90 flex-col gap-4" onSubmit={submit}>
      {/* For password managers, which keep the new one under it. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field label="Present password" fault={saving.error?.message}>
        {input('current', 'current-password')}
      </Field>
      <Field label="New password" hint="At least 8 characters.">
        {input('next', 'new-password')}
      </Field>
      <Field label="New password again" fault={fields.again !== '' && !isTwice ? 'Not the same' : undefined}>
        {input('again', 'new-password')}
      </Field>
      <Button type="submit" kind="primary" className="self-start" disabled={saving.isPending || !isTwice}>
        Change password
      </Button>
    </form>
  )
}

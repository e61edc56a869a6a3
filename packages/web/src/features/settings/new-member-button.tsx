import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { UiRole } from '@xtrace/contract'
import { useState } from 'react'
import { addMember, membersQuery } from '#api/settings.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { useProject } from '#project/use-project.ts'
import { ROLES } from './roles.ts'

/** Adds a person, with a first password when the server does not know them yet. */
export function NewMemberButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        Add member
      </Button>
      {isOpen ? <NewMemberDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function NewMemberDialog({ onClose }: { onClose(): void }) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const [fields, setFields] = useState({ email: '', name: '', password: '' })
  const [role, setRole] = useState<UiRole>('MEMBER')
  const adding = useMutation({
    mutationFn: () => {
      const { email, name, password } = fields
      return addMember(project.id, { email, role, ...(name && { name }), ...(password && { password }) })
    },
    onSuccess: async ({ isNew }) => {
      if (!isNew) showToast({ text: `${fields.email} was known already and keeps their password.` })
      onClose()
      await queryClient.invalidateQueries(membersQuery(project.id))
    },
  })
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change })
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Add member"
      description="xtrace sends no mail: tell them the address of this page and their password."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <Field label="Address">
          <Input
            className="h-8"
            type="email"
            required
            value={fields.email}
            onChange={(event) => set({ email: event.target.value })}
          />
        </Field>
        <Field label="Name">
          <Input className="h-8" value={fields.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field
          label="First password"
          hint="At least 8 characters. Somebody whom the server knows already keeps theirs."
        >
          <Input
            className="h-8"
            type="password"
            autoComplete="new-password"
            minLength={8}
            value={fields.password}
            onChange={(event) => set({ password: event.target.value })}
          />
        </Field>
        <Select
          label="Role"
          className="h-8 w-full"
          value={role}
          options={ROLES}
          onChange={(chosen) => setRole(chosen)}
        />
        {adding.error ? (
          <p role="alert" className="text-error">
            {adding.error.message}
          </p>
        ) : null}
        <DialogActions>
          <Button isLarge onClick={onClose}>
            Cancel
          </Button>
          <Button isLarge kind="primary" type="submit" disabled={adding.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

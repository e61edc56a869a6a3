import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { sessionQuery } from '#api/session.ts'
import { createProject } from '#api/settings.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { useProject } from '#project/use-project.ts'

/** Makes another project in the same organization and goes there. */
export function NewProjectButton() {
  const { project } = useProject()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const queryClient = useQueryClient()
  const router = useRouter()
  const navigate = useNavigate()
  const making = useMutation({
    mutationFn: () => createProject({ organizationId: project.organization.id, name }),
    onSuccess: async ({ id }) => {
      setOpen(false)
      await queryClient.refetchQueries(sessionQuery)
      await router.invalidate()
      await navigate({ to: '/p/$project/settings/keys', params: { project: id } })
    },
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>New project</Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="New project"
        description={`In ${project.organization.name}.`}
      >
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            making.mutate()
          }}
        >
          <Field label="Name" fault={making.error?.message}>
            <Input
              className="h-8"
              required
              minLength={3}
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <DialogActions>
            <Button isLarge onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button isLarge kind="primary" type="submit" disabled={making.isPending}>
              Make project
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  )
}

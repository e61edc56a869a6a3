import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createModel, modelsQuery } from '#api/models.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { useProject } from '#project/use-project.ts'
import { bodyOf, exactPattern } from './model-form.ts'

/** Adds a model with prices of the project's own. */
export function NewModelButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        Add model
      </Button>
      {isOpen ? <NewModelDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function NewModelDialog({ onClose }: { onClose(): void }) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const [form, setForm] = useState({ name: '', pattern: '', input: '', output: '' })
  const adding = useMutation({
    mutationFn: () => createModel(project.id, bodyOf(form)),
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries(modelsQuery(project.id))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    adding.mutate()
  }
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const price = (name: 'input' | 'output') => (
    <Input
      className="h-8"
      type="number"
      min={0}
      step="any"
      required={form.input === '' && form.output === ''}
      value={form[name]}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  )
  return (
    <Dialog isOpen onOpenChange={onClose} title="Add model" description="Prices are US dollars a million tokens.">
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Name">
          <Input
            className="h-8"
            required
            maxLength={500}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label="Matches" hint="A regular expression over the model's name; empty takes this name alone.">
          <Input
            className="mono h-8"
            spellCheck={false}
            placeholder={form.name.trim() === '' ? '' : exactPattern(form.name)}
            value={form.pattern}
            onChange={(event) => set({ pattern: event.target.value })}
          />
        </Field>
        <Field label="Input price">{price('input')}</Field>
        <Field label="Output price">{price('output')}</Field>
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

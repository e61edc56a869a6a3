import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { setImageHosts } from '#api/image-hosts.ts'
import { Button } from '#components/ui/button.tsx'
import { Field, TextArea } from '#components/ui/input.tsx'
import { useProject } from '#project/use-project.ts'

/** Of which hosts pictures in what was recorded are loaded. */
export function ImageHosts() {
  const { project } = useProject()
  const [text, setText] = useState(project.imageHosts.join('\n'))
  const canChange = project.role === 'OWNER' || project.role === 'ADMIN'
  const saving = useMutation({
    mutationFn: () => setImageHosts(project.id, text.split(/[\s,]+/).filter(Boolean)),
    // What the page may load is settled when it is loaded.
    onSuccess: () => location.reload(),
  })
  return (
    <form
      className="flex max-w-90 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Field
        label="Hosts"
        hint="One a line, such as images.example.org. Whoever writes into a trace can send what is in it to these hosts by the address of a picture; of all others only the address is shown."
        fault={saving.error?.message}
      >
        <TextArea
          rows={3}
          className="mono"
          spellCheck={false}
          disabled={!canChange}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {canChange ? (
        <Button type="submit" className="self-start" disabled={saving.isPending}>
          Save
        </Button>
      ) : null}
    </form>
  )
}

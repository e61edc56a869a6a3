import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { NewApiKeyDto } from '@xtrace/contract'
import { createKey, keysQuery } from '#api/settings.ts'
import { Button } from '#components/ui/button.tsx'
import { useProject } from '#project/use-project.ts'

interface MakeKeyProps {
  readonly made: NewApiKeyDto | undefined
  onMade(key: NewApiKeyDto): void
}

/** The secret of a pair is told once: whoever has not kept it makes a pair of their own. */
export function MakeKey({ made, onMade }: MakeKeyProps) {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const making = useMutation({
    mutationFn: () => createKey(project.id, 'first trace'),
    onSuccess: async (key) => {
      onMade(key)
      await queryClient.invalidateQueries(keysQuery(project.id))
    },
  })
  if (made) return <p className="text-text-2">The secret key above is shown this once; copy it now.</p>
  if (project.role !== 'OWNER' && project.role !== 'ADMIN')
    return <p className="text-text-2">Ask an administrator of the project for the secret key.</p>
  return (
    <p className="flex items-center gap-3 text-text-2">
      The server printed the secret key when it first started; it is not kept here.
      <Button onClick={() => making.mutate()} disabled={making.isPending}>
        Make a new pair
      </Button>
      {making.error ? <span className="text-error">{making.error.message}</span> : null}
    </p>
  )
}

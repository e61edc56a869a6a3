import { useMutation, useQueryClient } from '@tanstack/react-query'
import { loadDemo } from '#api/demo.ts'
import { newestTraceQuery } from '#api/newest-trace.ts'
import { Button } from '#components/ui/button.tsx'
import { useProject } from '#project/use-project.ts'

/** Something to look at in a project that has nothing yet, for those who may record in it. */
export function LoadDemo() {
  const { project } = useProject()
  const queryClient = useQueryClient()
  const loading = useMutation({
    mutationFn: () => loadDemo(project.id),
    onSuccess: () => queryClient.invalidateQueries(newestTraceQuery(project.id)),
  })
  if (project.role === 'VIEWER') return null
  return (
    <p className="flex flex-wrap items-center gap-3 text-text-2">
      Nothing at hand that sends one?
      <Button isBusy={loading.isPending} onClick={() => loading.mutate()}>
        {loading.isPending ? 'Loading demo data…' : 'Load demo data'}
      </Button>
      {loading.error ? <span className="text-error">{loading.error.message}</span> : null}
    </p>
  )
}

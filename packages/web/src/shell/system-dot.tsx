import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { systemQuery } from '#api/settings.ts'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { vitalSigns } from '#lib/health/system-health.ts'
import { useProject } from '#project/use-project.ts'
import { Dot } from './dot.tsx'

const EVERY_MS = 30_000

/** How log and disk fare, and the way to all figures of the server; `otherwise` until that is known. */
export function SystemDot({ otherwise }: { readonly otherwise: ReactNode }) {
  const { project } = useProject()
  const { data } = useQuery({ ...systemQuery, refetchInterval: EVERY_MS })
  if (!data) return otherwise
  const { tone, text } = vitalSigns(data)
  return (
    <Tooltip text={text} side="right">
      <Link
        to="/p/$project/settings/system"
        params={{ project: project.id }}
        aria-label={`System. ${text}`}
        className="grid size-7 shrink-0 place-items-center rounded-6 hover:bg-hover"
      >
        <Dot tone={tone} />
      </Link>
    </Tooltip>
  )
}

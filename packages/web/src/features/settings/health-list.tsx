import { OctagonX, TriangleAlert } from 'lucide-react'
import { Badge } from '#components/ui/badge.tsx'
import type { HealthFigure } from '#lib/health/system-health.ts'

/** Figures under their names, each with what it tells and, when it is not well, what to do; one below the other where it is narrow. */
export function HealthList({ figures }: { readonly figures: readonly HealthFigure[] }) {
  return (
    <dl className="border-t">
      {figures.map(({ name, value, meaning, trouble }) => (
        <div key={name} className="flex flex-col gap-x-4 gap-y-1 border-b py-2 sm:flex-row">
          <dt className="w-48 shrink-0 font-medium sm:font-normal sm:text-text-2">{name}</dt>
          <dd className="flex min-w-0 flex-1 flex-col gap-1">
            <p className="tabular flex flex-wrap items-center gap-x-2 gap-y-1">
              {value}
              {trouble ? (
                <Badge tone={trouble.tone} icon={trouble.tone === 'error' ? OctagonX : TriangleAlert}>
                  {trouble.label}
                </Badge>
              ) : null}
            </p>
            <p className="max-w-[72ch] text-12 text-text-2">
              <Coded text={meaning} />
            </p>
            {trouble ? (
              <p className="max-w-[72ch] text-12">
                <Coded text={trouble.act} />
              </p>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Text in which what stands between backticks is code. */
function Coded({ text }: { readonly text: string }) {
  return text.split('`').map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence, which stay where they are
      <code key={index} className="mono break-words">
        {piece}
      </code>
    ) : (
      piece
    ),
  )
}

import { useMemo } from 'react'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { jsonHeight } from '#components/json-view/json-height.ts'
import { JsonView } from '#components/json-view/json-view.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useModel } from '#features/trace-view/model/use-trace-view.ts'
import { isBlank, parsePayload } from '#lib/chat/payload.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { LargePayload } from './large-payload.tsx'
import { senderParts } from './sender-parts.ts'
import type { DetailSubject } from './subject.ts'
import { type SubjectAnswer, useSubject } from './use-subject.ts'

/** Facts, usage and cost by kind, model parameters, and the metadata as a tree. */
export function MetaTab({ subject }: { readonly subject: DetailSubject }) {
  const { payloads, observation, error, retry } = useSubject(subject)
  if (error) return <ErrorState error={error} doing="read the metadata" onRetry={retry} />
  if (!payloads) return <SkeletonRows count={8} />
  const { metadata } = payloads
  const value = parsePayload(metadata.text)
  return (
    <div className="flex flex-col gap-4 py-3">
      <Facts subject={subject} observation={observation} />
      {observation ? <Usage observation={observation} /> : null}
      {observation && hasFields(observation.modelParameters) ? (
        <Block title="Model parameters">
          <Tree value={observation.modelParameters} label="Model parameters" />
        </Block>
      ) : null}
      {metadata.text !== '' && value === undefined ? (
        <Block title="Metadata" isLarge>
          <LargePayload subject={subject} field="metadata" window={metadata} />
        </Block>
      ) : (
        <Parts metadata={value} />
      )}
    </div>
  )
}

/** What the program itself said first, then who sent it. */
function Parts({ metadata }: { readonly metadata: unknown }) {
  const { own, attributes, resource, scope } = useMemo(() => senderParts(metadata), [metadata])
  return (
    <>
      <Block title="Metadata">
        {isBlank(own) ? (
          <p className="px-3 text-12 text-text-3">nothing recorded</p>
        ) : (
          <Tree value={own} label="Metadata" />
        )}
      </Block>
      {isBlank(attributes) ? null : (
        <Block title="Span attributes">
          <Tree value={attributes} label="Span attributes" />
        </Block>
      )}
      {isBlank(resource) ? null : (
        <Block title="Resource">
          <Tree value={resource} label="Resource" />
        </Block>
      )}
      {scope && (scope.name || scope.version) ? (
        <Block title="Scope">
          <p className="mono flex flex-wrap gap-x-2 px-3">
            <span className="break-all">{scope.name || 'without a name'}</span>
            {scope.version ? <span className="text-text-3">{scope.version}</span> : null}
          </p>
          {isBlank(scope.attributes) ? null : <Tree value={scope.attributes} label="Scope attributes" />}
        </Block>
      ) : null}
    </>
  )
}

const MOST_PX = 420

/** As high as its open rows are likely to be, up to a limit. */
function Tree({ value, label }: { readonly value: unknown; readonly label: string }) {
  const height = useMemo(() => jsonHeight(value, MOST_PX), [value])
  return (
    <div className="flex" style={{ height }}>
      <JsonView value={value} label={label} />
    </div>
  )
}

const hasFields = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

function Block({ title, isLarge = false, children }: { title: string; isLarge?: boolean; children: React.ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h2 className="label px-3">{title}</h2>
      <div className={isLarge ? 'flex h-[60vh] flex-col' : 'flex flex-col'}>{children}</div>
    </section>
  )
}

function Facts({ subject, observation }: Pick<SubjectAnswer, 'observation'> & { subject: DetailSubject }) {
  const time = useTimeFormat()
  const { trace } = useModel().dto
  const at = (text: string | null | undefined) => (text ? time.full(Date.parse(text)) : undefined)
  const lines: readonly (readonly [string, string | null | undefined])[] = observation
    ? [
        ['Id', observation.id],
        ['Parent', observation.parentObservationId],
        ['Started', at(observation.startTime)],
        ['First token', at(observation.completionStartTime)],
        ['Ended', at(observation.endTime)],
        ['Environment', observation.environment],
        ['Version', observation.version],
        ['Model', observation.model],
        ['Level', observation.level],
        ['Status', observation.statusMessage],
      ]
    : [
        ['Id', subject.id],
        ['Time', time.full(trace.time)],
        ['User', trace.userId],
        ['Session', trace.sessionId],
        ['Environment', trace.environment],
        ['Release', trace.release],
        ['Version', trace.version],
        ['Tags', trace.tags.join(', ')],
        ['Shared', trace.public ? 'anyone with the link' : 'members of the project'],
      ]
  return (
    <dl className="grid grid-cols-[96px_1fr] gap-x-3 gap-y-1 px-3 text-12">
      {lines.map(([label, text]) =>
        text ? (
          <div key={label} className="contents">
            <dt className="text-text-3">{label}</dt>
            <dd className="tabular flex min-w-0 items-center gap-1 break-all">
              {label === 'Id' || label === 'Parent' ? <span className="mono">{text}</span> : text}
              {label === 'Id' ? <CopyButton text={text} label="Copy id" /> : null}
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

function Usage({ observation }: { readonly observation: NonNullable<SubjectAnswer['observation']> }) {
  const { usageDetails, costDetails } = observation
  const kinds = [...new Set([...Object.keys(usageDetails), ...Object.keys(costDetails)])]
  if (kinds.length === 0) return null
  return (
    <section>
      <h2 className="label px-3">Usage and cost</h2>
      <table className="mx-3 mt-1 text-12">
        <thead className="text-text-3">
          <tr>
            <th className="pr-6 text-left font-normal">Kind</th>
            <th className="pr-6 text-right font-normal">Units</th>
            <th className="text-right font-normal">Cost</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind} className="border-t">
              <td className="py-0.5 pr-6">{kind}</td>
              <td className="pr-6 text-right">{formatCount(usageDetails[kind])}</td>
              <td className="text-right">{formatCost(costDetails[kind])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { UiSystemDto } from '@xtrace/contract'
import { systemQuery } from '#api/settings.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatDuration } from '#lib/format/duration.ts'
import { formatBytes, formatCount } from '#lib/format/figures.ts'
import { healthFigures } from '#lib/health/system-health.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { HealthList } from './health-list.tsx'
import { Facts, Section } from './section.tsx'
import { Cell, Table } from './table.tsx'

/** How the process and its storage fare, read anew every few seconds. */
export function SystemPage() {
  const system = useQuery(systemQuery)
  if (system.error && !system.data)
    return <ErrorState error={system.error} doing="read the state of the system" onRetry={() => system.refetch()} />
  if (!system.data) return <SkeletonRows count={8} height={32} />
  return (
    <>
      <Overview system={system.data} />
      <DeadLetters letters={system.data.deadLetters} />
      <Tables tables={system.data.tables} />
      <SlowQueries queries={system.data.slowQueries} />
    </>
  )
}

function Overview({ system }: { readonly system: UiSystemDto }) {
  const time = useTimeFormat()
  const { residentBytes, startedAt, version } = system.process
  return (
    <Section title="System" text="Read anew every 5 seconds.">
      <HealthList figures={healthFigures(system)} />
      <Facts
        facts={[
          ['Memory of the process', formatBytes(residentBytes)],
          ['Running since', time.full(startedAt)],
          ['Version', version],
        ]}
      />
    </Section>
  )
}

function DeadLetters({ letters }: { readonly letters: UiSystemDto['deadLetters'] }) {
  const none = letters.newest.length === 0
  return (
    <Section
      title="Dead letters"
      text={none ? 'None: everything that was acknowledged could be stored.' : 'The newest, with their reasons.'}
    >
      {none ? null : (
        <Table label="Dead letters" head={[{ name: 'Time' }, { name: 'Stage' }, { name: 'Reason' }]}>
          {letters.newest.map(({ time, stage, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: several may be of one instant, and none has an id
            <tr key={`${time} ${index}`} className="border-b">
              <Cell>
                <time className="whitespace-nowrap">{time}</time>
              </Cell>
              <Cell>{stage}</Cell>
              <Cell>{reason}</Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}

function Tables({ tables }: { readonly tables: UiSystemDto['tables'] }) {
  const head = [{ name: 'Table' }, ...['Rows', 'Parts', 'On disk'].map((name) => ({ name, isNumeric: true }))]
  return (
    <Section title="Store">
      <Table label="Store" head={head}>
        {tables.map(({ name, rows, parts, bytes }) => (
          <tr key={name} className="border-b">
            <Cell>
              <span className="mono">{name}</span>
            </Cell>
            <Cell isNumeric>{formatCount(rows)}</Cell>
            <Cell isNumeric>{formatCount(parts)}</Cell>
            <Cell isNumeric>{formatBytes(bytes)}</Cell>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

function SlowQueries({ queries }: { readonly queries: UiSystemDto['slowQueries'] }) {
  const time = useTimeFormat()
  const head = [{ name: 'Query' }, { name: 'Lane' }, { name: 'When' }, { name: 'Took', isNumeric: true }]
  return (
    <Section
      title="Slow queries"
      text={
        queries.length === 0
          ? 'None took longer than 0.2 s since the start.'
          : 'The slowest since the start, without their values.'
      }
    >
      {queries.length === 0 ? null : (
        <Table label="Slow queries" head={head}>
          {queries.map(({ text, lane, at, seconds, isFailed }) => (
            <tr key={`${at} ${text}`} className="border-b align-top">
              <Cell>
                <details className="max-w-120 py-1.5">
                  <summary className="mono truncate py-1">{text}</summary>
                  <p className="mono whitespace-pre-wrap break-words pt-1 text-text-2">{text}</p>
                </details>
              </Cell>
              <Cell>{lane}</Cell>
              <Cell>{time.when(at, Date.now())}</Cell>
              <Cell isNumeric>
                {formatDuration(seconds * 1000)}
                {isFailed ? <span className="text-error"> failed</span> : null}
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}

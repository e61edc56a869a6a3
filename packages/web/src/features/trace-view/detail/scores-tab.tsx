import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ScoreDto } from '@xtrace/contract'
import { type FormEvent, useState } from 'react'
import { addScore, scoresQuery } from '#api/trace-notes.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field, Input } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { titleOf } from '#features/trace-view/model/trace-model.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { formatBoolean, formatScore } from '#lib/format/figures.ts'
import { nodeOfId } from '#lib/trace/find.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { readScoreValue } from './score-value.ts'
import type { DetailSubject } from './subject.ts'

/** Scores of what is selected, those of the trace's observations with the trace, and a form for another. */
export function ScoresTab({ subject }: { readonly subject: DetailSubject }) {
  const { project, traceId } = useTraceContext()
  const scores = useQuery(scoresQuery(project, traceId))
  if (scores.error) return <ErrorState error={scores.error} doing="read the scores" onRetry={() => scores.refetch()} />
  if (!scores.data) return <SkeletonRows count={4} />
  const own = subject.of === 'traces' ? scores.data : scores.data.filter((score) => score.observationId === subject.id)
  return (
    <div className="flex flex-col gap-3 p-3">
      {own.length === 0 ? <p className="text-12 text-text-3">No scores yet.</p> : null}
      <ul className="flex flex-col divide-y">
        {own.map((score) => (
          <ScoreLine key={score.id} score={score} isOfTrace={subject.of === 'traces'} />
        ))}
      </ul>
      <AddScore subject={subject} />
    </div>
  )
}

function ScoreLine({ score, isOfTrace }: { readonly score: ScoreDto; readonly isOfTrace: boolean }) {
  const { view } = useTraceContext()
  const model = useModel()
  const time = useTimeFormat()
  const node = score.observationId ? nodeOfId(model.tree, score.observationId) : undefined
  return (
    <li className="flex flex-col gap-0.5 py-2">
      <div className="flex items-center gap-2">
        <span className="truncate font-medium text-12">{score.name}</span>
        <span className="tabular text-13">{scoreText(score)}</span>
        <Badge>{score.source.toLowerCase()}</Badge>
        {isOfTrace && node !== undefined ? (
          <button type="button" className="truncate text-12 text-accent hover:underline" onClick={() => view.go(node)}>
            {titleOf(model, node)}
          </button>
        ) : null}
        <time className="ml-auto text-11 text-text-3" dateTime={score.timestamp}>
          {time.date(Date.parse(score.timestamp), Date.now())}
        </time>
      </div>
      {score.comment ? <p className="whitespace-pre-wrap text-12 text-text-2">{score.comment}</p> : null}
    </li>
  )
}

function scoreText({ dataType, value, stringValue }: ScoreDto): string {
  if (dataType === 'NUMERIC') return formatScore(value)
  if (dataType === 'BOOLEAN') return `${formatBoolean(value === 1).mark} ${formatBoolean(value === 1).text}`
  return stringValue ?? ''
}

function AddScore({ subject }: { readonly subject: DetailSubject }) {
  const { project, traceId } = useTraceContext()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const [comment, setComment] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await addScore(project, {
        name,
        ...readScoreValue(value),
        traceId,
        ...(subject.of === 'observations' && { observationId: subject.id }),
        ...(comment !== '' && { comment }),
      })
      setValue('')
      setComment('')
      await client.invalidateQueries({ queryKey: scoresQuery(project, traceId).queryKey })
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    }
  }
  return (
    <form className="flex flex-col gap-2 border-t pt-3" onSubmit={submit}>
      <div className="grid grid-cols-2 gap-2">
        <Field label="Score">
          <Input required value={name} placeholder="helpful" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Value">
          <Input
            required
            value={value}
            placeholder="0.8, yes, good"
            onChange={(event) => setValue(event.target.value)}
          />
        </Field>
      </div>
      <Field label="Comment">
        <Input value={comment} onChange={(event) => setComment(event.target.value)} />
      </Field>
      <Button type="submit" className="self-start">
        Add score
      </Button>
    </form>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { observationQuery } from '#api/trace.ts'
import { idOf, type TraceModel } from '#features/trace-view/model/trace-model.ts'
import type { Said } from '#lib/trace/transcript.ts'
import { messagesOf } from './messages-of.ts'

/** Generations read at the same time. */
const AT_ONCE = 6

/** What the generations said, as far as it has been read; those that are `wanted` are read in their order. */
export function useSaid(model: TraceModel, project: string, wanted: readonly number[]): ReadonlyMap<number, Said> {
  const client = useQueryClient()
  const [said, setSaid] = useState<ReadonlyMap<number, Said>>(new Map())
  useEffect(() => {
    const missing = wanted.filter((node) => !said.has(node)).slice(0, AT_ONCE)
    if (missing.length === 0) return undefined
    let isOver = false
    const read = async (node: number): Promise<readonly [number, Said]> => {
      const { payloads } = await client.ensureQueryData(observationQuery(project, idOf(model, node) ?? ''))
      return [
        node,
        { input: messagesOf(payloads.input.text, 'user'), output: messagesOf(payloads.output.text, 'assistant') },
      ]
    }
    Promise.allSettled(missing.map(read))
      .then((results) => {
        if (isOver) return
        const known = results.map((result, index) =>
          result.status === 'fulfilled' ? result.value : ([missing[index] ?? -1, NOTHING] as const),
        )
        setSaid(new Map([...said, ...known]))
      })
      .catch(() => {})
    return () => {
      isOver = true
    }
  }, [client, model, project, wanted, said])
  return said
}

const NOTHING: Said = { input: [], output: [] }

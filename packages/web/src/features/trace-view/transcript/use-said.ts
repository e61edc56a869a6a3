import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { versionOf } from '#features/trace-view/model/node-query.ts'
import { idOf, type TraceModel } from '#features/trace-view/model/trace-model.ts'
import type { Said } from '#lib/trace/transcript.ts'
import { readSaid } from './read-said.ts'

/** Generations read at the same time. */
const AT_ONCE = 6

/** What the generations said, each by one of its versions. By id: nodes are numbered anew when a live trace grows. */
export type KnownSaid = ReadonlyMap<string, { readonly version: number; readonly said: Said }>

/** What the generations said, as far as it has been read; those that are `wanted` are read in their order. */
export function useSaid(model: TraceModel, project: string, wanted: readonly number[]): ReadonlyMap<number, Said> {
  const client = useQueryClient()
  const [known, setKnown] = useState<KnownSaid>(new Map())
  useEffect(() => {
    const missing = unread(model, wanted, known).slice(0, AT_ONCE)
    if (missing.length === 0) return undefined
    let isOver = false
    const read = async (node: number) => {
      const id = idOf(model, node) ?? ''
      // What can not be read is not asked for again until it changes.
      const said = await readSaid({ client, project, model }, node).catch(() => known.get(id)?.said ?? NOTHING)
      return [id, { version: versionOf(model, node), said }] as const
    }
    Promise.all(missing.map(read))
      .then((results) => {
        if (!isOver) setKnown(new Map([...known, ...results]))
      })
      .catch(() => {})
    return () => {
      isOver = true
    }
  }, [client, model, project, wanted, known])
  return useMemo(() => saidByNode(model, known), [model, known])
}

const NOTHING: Said = { input: [], output: [] }

/** The nodes of which is not known what they say by now. */
export const unread = (model: TraceModel, nodes: readonly number[], known: KnownSaid): readonly number[] =>
  nodes.filter((node) => known.get(idOf(model, node) ?? '')?.version !== versionOf(model, node))

/** What is known, by nodes of the model. */
export function saidByNode({ tree }: TraceModel, known: KnownSaid): ReadonlyMap<number, Said> {
  const byNode = new Map<number, Said>()
  for (const [node, id] of tree.skeleton.ids.entries()) {
    const said = known.get(id)?.said
    if (said) byNode.set(node, said)
  }
  return byNode
}

import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { nodeOfId } from '#lib/trace/find.ts'
import { idOf } from './trace-model.ts'
import { selectedNode } from './tree-state.ts'
import { useTraceSearch } from './use-trace-search.ts'
import { setRange, type ViewStore } from './view-store.ts'
import { parseZoom, printZoom } from './zoom-text.ts'

/** Keys may walk through a dozen nodes a second; the URL follows when they rest. */
const SETTLE_MS = 250

/** Keeps `node` and `zoom` of the URL and the view the same, whichever of them changes. */
export function useUrlSync(view: ViewStore): void {
  const { node, zoom } = useTraceSearch()
  const navigate = useNavigate()
  const written = useRef<{ node: string | undefined; zoom: string | undefined }>({ node, zoom })
  useEffect(() => {
    const { model } = view.shown.get()
    if (node !== written.current.node) view.go(node === undefined ? undefined : nodeOfId(model.tree, node))
    written.current = { ...written.current, node }
  }, [node, view])
  useEffect(() => {
    const range = parseZoom(zoom)
    if (zoom !== written.current.zoom) {
      if (range) setRange(view, { fromMs: origin(view) + range.fromMs, toMs: origin(view) + range.toMs })
      else view.zoom.set(undefined)
    }
    written.current = { ...written.current, zoom }
  }, [zoom, view])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const write = async () => {
      const { model, tree } = view.shown.get()
      // Whoever is sent the address of a trace that is followed follows it too.
      const selected = view.following.get() ? undefined : selectedNode(tree)
      const next = {
        node: selected === undefined ? undefined : idOf(model, selected),
        zoom: printZoom(view.zoom.get(), origin(view)),
      }
      if (next.node === written.current.node && next.zoom === written.current.zoom) return
      written.current = next
      await navigate({ to: '.', search: (earlier) => ({ ...earlier, ...next }), replace: true })
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(write, SETTLE_MS)
    }
    const stops = [view.shown, view.zoom, view.following].map((store) => store.subscribe(soon))
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [view, navigate])
}

const origin = (view: ViewStore): number => view.shown.get().model.tree.fromMs

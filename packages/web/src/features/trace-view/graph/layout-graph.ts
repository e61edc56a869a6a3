import { Graph, layout } from '@dagrejs/dagre'

export interface LayoutRequest {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly edges: readonly { readonly from: string; readonly to: string }[]
}

export interface LaidOut {
  readonly width: number
  readonly height: number
  /** Left upper corners, in the order of the request. */
  readonly places: readonly { readonly x: number; readonly y: number }[]
  /** Points of each edge, in the order of the request. */
  readonly paths: readonly (readonly { readonly x: number; readonly y: number }[])[]
}

/** Layers from top to bottom. */
export function layoutGraph({ nodes, edges }: LayoutRequest): LaidOut {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 40, ranksep: 44, marginx: 24, marginy: 24 })
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  edges.forEach(({ from, to }, index) => {
    graph.setEdge(from, to, {}, String(index))
  })
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  return {
    width,
    height,
    places: nodes.map((node) => {
      const { x, y } = graph.node(node.id)
      return { x: (x ?? 0) - node.width / 2, y: (y ?? 0) - node.height / 2 }
    }),
    paths: edges.map(({ from, to }, index) => graph.edge(from, to, String(index)).points ?? []),
  }
}

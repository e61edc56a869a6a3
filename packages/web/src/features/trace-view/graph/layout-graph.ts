import { Graph, layout } from '@dagrejs/dagre'

export interface LayoutRequest {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly edges: readonly {
    readonly from: string
    readonly to: string
    /** The room that what is written on it takes. */
    readonly label?: { readonly width: number; readonly height: number } | undefined
  }[]
}

export interface LaidOut {
  readonly width: number
  readonly height: number
  /** Left upper corners, in the order of the request. */
  readonly places: readonly Point[]
  /** Points of each edge, in the order of the request. */
  readonly paths: readonly (readonly Point[])[]
  /** The middle of what is written on each edge, in the order of the request; undefined where nothing is. */
  readonly labels: readonly (Point | undefined)[]
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Layers from top to bottom. */
export function layoutGraph({ nodes, edges }: LayoutRequest): LaidOut {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 40, ranksep: 44, marginx: 24, marginy: 24 })
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  edges.forEach(({ from, to, label }, index) => {
    graph.setEdge(from, to, label ? { ...label, labelpos: 'c' } : {}, String(index))
  })
  layout(graph)
  const laidOut = edges.map(({ from, to }, index) => graph.edge(from, to, String(index)))
  const { width = 0, height = 0 } = graph.graph()
  return {
    width,
    height,
    places: nodes.map((node) => {
      const { x, y } = graph.node(node.id)
      return { x: (x ?? 0) - node.width / 2, y: (y ?? 0) - node.height / 2 }
    }),
    paths: laidOut.map(({ points }) => points ?? []),
    labels: laidOut.map(({ x, y }) => (x === undefined || y === undefined ? undefined : { x, y })),
  }
}

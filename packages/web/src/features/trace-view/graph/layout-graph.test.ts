import { describe, expect, test } from 'vitest'
import { labelOf, labelSize } from './edge-label.ts'
import { type LaidOut, type LayoutRequest, layoutGraph } from './layout-graph.ts'
import { NODE_PX } from './node-size.ts'

const step = (id: string) => ({ id, ...NODE_PX.step })
const edge = (from: string, to: string, { count = 1, isLoop = false } = {}) => ({
  from,
  to,
  label: labelSize(labelOf({ count, isLoop })),
})

/** Plans, searches and reflects, and goes back to planning and to searching. */
const LOOPS: LayoutRequest = {
  nodes: ['agent', 'plan', 'search', 'read', 'reflect', 'answer'].map(step),
  edges: [
    edge('agent', 'plan'),
    edge('plan', 'search', { count: 3 }),
    edge('plan', 'read', { count: 2 }),
    edge('search', 'reflect', { count: 3 }),
    edge('read', 'reflect', { count: 2 }),
    edge('reflect', 'plan', { count: 2, isLoop: true }),
    edge('reflect', 'search', { count: 12, isLoop: true }),
    edge('reflect', 'answer'),
  ],
}
const PAIR: LayoutRequest = {
  nodes: ['a', 'b'].map(step),
  edges: [edge('a', 'b', { count: 3 }), edge('b', 'a', { count: 2, isLoop: true })],
}

describe.each([
  ['loops over several steps', LOOPS],
  ['a loop between two', PAIR],
])('%s', (_, request) => {
  const laidOut = layoutGraph(request)

  test('has a place for each label, and for no other', () => {
    expect(laidOut.labels.map((place) => place !== undefined)).toEqual(
      request.edges.map(({ label }) => label !== undefined),
    )
  })
  test('has no label on a node, nor on another label', () => {
    const labels = labelBoxes(request, laidOut)
    const nodes = request.nodes.map(({ width, height }, index) => ({ ...at(laidOut.places, index), width, height }))
    labels.forEach((label, index) => {
      for (const box of [...nodes, ...labels.slice(index + 1)]) expect(overlap(label, box)).toBe(false)
    })
  })
})

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function at<T>(list: readonly T[], index: number): T {
  const one = list[index]
  if (one === undefined) throw new Error(`There is no ${index}`)
  return one
}

const labelBoxes = ({ edges }: LayoutRequest, { labels }: LaidOut): Box[] =>
  edges.flatMap(({ label }, index) => {
    const middle = labels[index]
    return label && middle ? [{ x: middle.x - label.width / 2, y: middle.y - label.height / 2, ...label }] : []
  })

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Lays a graph out, away from the page's own thread. */
import { type LayoutRequest, layoutGraph } from './layout-graph.ts'

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => postMessage(layoutGraph(data)))

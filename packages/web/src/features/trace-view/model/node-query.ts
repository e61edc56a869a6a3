/** How anything of one observation is read while its trace is looked at, which may be alive. */
import { observationQuery } from '#api/observation.ts'
import { rawQuery } from '#api/raw.ts'
import type { DetailSubject } from '#features/trace-view/detail/subject.ts'
import { FLAG } from '#lib/trace/intervals.ts'
import { hasFlag } from '#lib/trace/tree.ts'
import type { TraceModel } from './trace-model.ts'

/** What has no end yet is another one with every change of the trace; what has ended, and an event, stays as it is. */
export const versionOf = ({ dto, tree }: TraceModel, node: number): number =>
  hasFlag(tree, node, FLAG.running | FLAG.unended) ? dto.version : 0

const versionOfId = (model: TraceModel, id: string): number => versionOf(model, model.dto.nodes.id.lastIndexOf(id))

/** One observation of the trace with its payloads. */
export const nodeQuery = (project: string, model: TraceModel, id: string) =>
  observationQuery(project, id, versionOfId(model, id))

/** The record of an observation, or of the trace, as text. */
export const recordQuery = (project: string, model: TraceModel, { of, id }: DetailSubject) =>
  rawQuery({ project, of, id }, of === 'traces' ? model.dto.version : versionOfId(model, id))

import type { PromptDto, PromptSummaryDto } from '@xtrace/contract'
import {
  PRODUCTION_LABEL,
  type Prompt,
  type PromptNode,
  type PromptSummary,
  type ResolvedPrompt,
} from '#domain/prompt.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { isoFromMs } from './page-dto.ts'

/** A version as it was given, or with its references replaced (public-api contract §9). */
export function toPromptDto(prompt: Prompt | ResolvedPrompt): PromptDto {
  const { content, config, labels } = prompt
  return {
    id: prompt.id,
    createdAt: isoFromMs(prompt.createdAt),
    updatedAt: isoFromMs(prompt.updatedAt),
    projectId: prompt.projectId,
    createdBy: prompt.createdBy,
    name: prompt.name,
    version: prompt.version,
    type: prompt.type,
    prompt: typeof content === 'string' ? content : content.map((message) => ({ ...message })),
    config: new JsonText(config),
    labels: [...labels],
    tags: [...prompt.tags],
    commitMessage: prompt.commitMessage ?? null,
    isActive: labels.includes(PRODUCTION_LABEL),
    resolutionGraph: 'graph' in prompt ? toGraphDto(prompt.graph) : null,
  }
}

function toGraphDto(graph: ResolvedPrompt['graph']): PromptDto['resolutionGraph'] {
  if (!graph) return null
  const dependencies = Object.entries(graph.dependencies).map(([id, nodes]) => [id, nodes.map(toNodeDto)] as const)
  return { root: toNodeDto(graph.root), dependencies: Object.fromEntries(dependencies) }
}

const toNodeDto = ({ name, version, id }: PromptNode) => ({ name, version, id })

export function toPromptSummaryDto(summary: PromptSummary): PromptSummaryDto {
  return {
    name: summary.name,
    type: summary.type,
    versions: [...summary.versions],
    labels: [...summary.labels],
    tags: [...summary.tags],
    lastUpdatedAt: isoFromMs(summary.lastUpdatedAt),
    lastConfig: new JsonText(summary.lastConfig),
  }
}

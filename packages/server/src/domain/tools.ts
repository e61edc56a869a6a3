/** What an observation tells of tools: those offered and those called (langfuse-ingestion contract §3.4). */
import type { Observation } from '#domain/observation.ts'
import { toolCallsIn } from '#domain/tool-calls.ts'
import { toolDefinitionsIn } from '#domain/tool-definitions.ts'
import { moveToolsToInput } from '#domain/tools-in-metadata.ts'

/**
 * The observation with tool lists moved from metadata into the input and with its tool fields
 * filled. Where the payloads name no tool, what was found in earlier ones stays.
 */
export function withTools(observation: Observation): Observation {
  const { input, metadata } = moveToolsToInput(observation)
  const definitions = toolDefinitionsIn(input)
  const { calls, names } = toolCallsIn(observation.output)
  return {
    ...observation,
    input,
    metadata,
    ...(Object.keys(definitions).length > 0 && { toolDefinitions: definitions }),
    ...(calls.length > 0 && { toolCalls: calls, toolCallNames: names }),
  }
}

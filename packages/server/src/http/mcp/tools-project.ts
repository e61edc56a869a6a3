import { PromptBody, PromptFilterConditions } from '@xtrace/contract'
import type { Tool } from './tool.ts'

const [TextPrompt, ChatPrompt] = PromptBody.options

const prompts: readonly Tool[] = [
  {
    name: 'listPrompts',
    operation: 'prompts_list',
    description: 'Lists the names of prompts with their versions, labels and tags.',
    filter: PromptFilterConditions,
  },
  {
    name: 'getPrompt',
    operation: 'prompts_get',
    description:
      'Gets a version of a prompt by number or label, the one labelled production without either. Slashes are part of a name.',
  },
  {
    name: 'createTextPrompt',
    operation: 'prompts_create',
    description:
      'Makes the first or the next version of a text prompt. Without the label production nothing uses it yet.',
    body: TextPrompt,
    preset: { type: 'text' },
  },
  {
    name: 'createChatPrompt',
    operation: 'prompts_create',
    description: 'Makes the first or the next version of a chat prompt, a list of messages with role and content.',
    body: ChatPrompt,
    preset: { type: 'chat' },
  },
  {
    name: 'updatePromptLabels',
    operation: 'promptVersion_update',
    description: 'Puts labels on a version of a prompt; other versions lose them. production is what programs get.',
  },
  {
    name: 'deletePrompt',
    operation: 'prompts_delete',
    description: 'Deletes a version of a prompt, or all of them without version and label. It can not be undone.',
  },
]

const project: readonly Tool[] = [
  { name: 'listModels', operation: 'models_list', description: 'Lists the prices of models, built-in ones and own.' },
  { name: 'getModel', operation: 'models_get', description: 'Gets one price entry.' },
  {
    name: 'createModel',
    operation: 'models_create',
    description: 'Makes a price entry for the models whose names match a pattern; prices are USD a unit.',
  },
  {
    name: 'upsertModel',
    operation: 'models_upsert',
    description: 'Makes or replaces the price entry of the project with that id.',
  },
  { name: 'deleteModel', operation: 'models_delete', description: 'Deletes a price entry of the project.' },
  { name: 'getMedia', operation: 'media_get', description: 'Gets a link to a stored file.' },
  { name: 'getProject', operation: 'projects_get', description: 'Tells which project the key belongs to.' },
  { name: 'getHealth', operation: 'health', description: 'Tells whether the server is well, and its version.' },
]

/** What people keep for their programs. */
export const PROJECT_TOOLS: readonly Tool[] = [...prompts, ...project]

import type { Tool } from './tool.ts'
import { EVALUATION_TOOLS } from './tools-evaluation.ts'
import { PROJECT_TOOLS } from './tools-project.ts'
import { RECORDED_TOOLS } from './tools-recorded.ts'

/** What models may call; each row names the operation that does it (public-api contract §21). */
export const TOOLS: readonly Tool[] = [...RECORDED_TOOLS, ...EVALUATION_TOOLS, ...PROJECT_TOOLS]

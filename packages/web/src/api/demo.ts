import { DemoLoadedDto } from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

/** Records what some programs would have sent over a week. */
export const loadDemo = (project: string) =>
  call(projectPath(project, 'demo'), { method: 'POST', body: {}, answer: DemoLoadedDto })

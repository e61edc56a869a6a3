import { UiDoneDto, type UiImageHostsBody } from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

/** Of which hosts pictures are loaded. */
export async function setImageHosts(project: string, hosts: UiImageHostsBody['hosts']): Promise<void> {
  await call(projectPath(project, 'image-hosts'), { method: 'PUT', body: { hosts }, answer: UiDoneDto })
}

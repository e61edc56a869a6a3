import { queryOptions } from '@tanstack/react-query'
import {
  ApiKeysDto,
  NewApiKeyDto,
  UiDoneDto,
  UiMemberAddedDto,
  UiMembersDto,
  type UiNewMemberBody,
  type UiNewProjectBody,
  UiNewProjectDto,
  UiProjectSettingsDto,
  UiSystemDto,
  type UiUpdateProjectBody,
} from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

export const projectSettingsQuery = (project: string) =>
  queryOptions({
    queryKey: ['settings', project],
    queryFn: ({ signal }) => call(projectPath(project, 'settings'), { answer: UiProjectSettingsDto, signal }),
  })

export const updateProject = (project: string, body: UiUpdateProjectBody) =>
  call(projectPath(project, 'settings'), { method: 'PUT', body, answer: UiDoneDto })

export const createProject = (body: UiNewProjectBody) =>
  call('/api/ui/projects', { method: 'POST', body, answer: UiNewProjectDto })

export const keysQuery = (project: string) =>
  queryOptions({
    queryKey: ['keys', project],
    queryFn: ({ signal }) => call(projectPath(project, 'api-keys'), { answer: ApiKeysDto, signal }),
  })

/** The answer alone holds the secret. */
export const createKey = (project: string, name: string) =>
  call(projectPath(project, 'api-keys'), { method: 'POST', body: { name }, answer: NewApiKeyDto })

export const revokeKey = (project: string, id: string) =>
  call(projectPath(project, 'api-keys', id), { method: 'DELETE', answer: UiDoneDto })

export const membersQuery = (project: string) =>
  queryOptions({
    queryKey: ['members', project],
    queryFn: ({ signal }) => call(projectPath(project, 'members'), { answer: UiMembersDto, signal }),
  })

export const addMember = (project: string, body: UiNewMemberBody) =>
  call(projectPath(project, 'members'), { method: 'POST', body, answer: UiMemberAddedDto })

export const changeRole = (project: string, userId: string, role: UiNewMemberBody['role']) =>
  call(projectPath(project, 'members', userId), { method: 'PUT', body: { role }, answer: UiDoneDto })

export const removeMember = (project: string, userId: string) =>
  call(projectPath(project, 'members', userId), { method: 'DELETE', answer: UiDoneDto })

const SYSTEM_EVERY_MS = 5000

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => call('/api/ui/system', { answer: UiSystemDto, signal }),
  refetchInterval: SYSTEM_EVERY_MS,
})

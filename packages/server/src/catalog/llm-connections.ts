import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { LLM_ADAPTERS, type LlmConnection } from '#domain/llm-connection.ts'
import { sealedText } from '#lib/sealer.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

export type NewLlmConnection = Omit<LlmConnection, 'id' | 'projectId' | 'createdAt' | 'updatedAt'>

export interface LlmConnections {
  /** Makes the connection to the provider, or replaces all of it but its id and when it was made. */
  put(projectId: ProjectId, connection: NewLlmConnection): Promise<{ connection: LlmConnection; isNew: boolean }>
  /** Newest first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<LlmConnection>>
  /** False when the project has no such connection. */
  delete(projectId: ProjectId, id: string): Promise<boolean>
}

export function createLlmConnections(db: CatalogDb, now: () => number): LlmConnections {
  const own = (project: ProjectId) => db.selectFrom('llm_connections').selectAll().where('project_id', '=', project)
  return {
    put: async (project, wanted) => {
      const row = newRow(project, wanted, now())
      const { id: _, created_at: __, ...changed } = row
      const insert = db.insertInto('llm_connections').values(row)
      await insert.onConflict((conflict) => conflict.columns(['project_id', 'provider']).doUpdateSet(changed)).execute()
      const kept = await own(project).where('provider', '=', row.provider).executeTakeFirstOrThrow()
      return { connection: fromRow(kept), isNew: kept.id === row.id }
    },
    list: async (project, page) =>
      mapPage(await selectPage(own(project).orderBy('created_at', 'desc').orderBy('id'), page), fromRow),
    delete: async (project, id) => {
      const one = db.deleteFrom('llm_connections').where('project_id', '=', project).where('id', '=', id)
      return (await one.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

type ConnectionRow = Selectable<CatalogTables['llm_connections']>

function newRow(project: ProjectId, connection: NewLlmConnection, at: number): ConnectionRow {
  return {
    id: randomUUID(),
    project_id: project,
    provider: connection.provider,
    adapter: connection.adapter,
    sealed_secret: connection.sealedSecret,
    display_secret: connection.displaySecret,
    base_url: connection.baseUrl ?? null,
    custom_models: JSON.stringify(connection.customModels),
    with_default_models: Number(connection.withDefaultModels),
    sealed_headers: connection.sealedHeaders ?? null,
    header_names: JSON.stringify(connection.headerNames),
    config: connection.config === undefined ? null : JSON.stringify(connection.config),
    created_at: at,
    updated_at: at,
  }
}

const Texts = z.array(z.string())
const Adapter = z.enum(LLM_ADAPTERS)
const Config = z.record(z.string(), z.unknown())

function fromRow(row: ConnectionRow): LlmConnection {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    provider: row.provider,
    adapter: Adapter.parse(row.adapter),
    sealedSecret: sealedText(row.sealed_secret),
    displaySecret: row.display_secret,
    baseUrl: row.base_url ?? undefined,
    customModels: Texts.parse(JSON.parse(row.custom_models)),
    withDefaultModels: row.with_default_models !== 0,
    sealedHeaders: row.sealed_headers === null ? undefined : sealedText(row.sealed_headers),
    headerNames: Texts.parse(JSON.parse(row.header_names)),
    config: row.config === null ? undefined : Config.parse(JSON.parse(row.config)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

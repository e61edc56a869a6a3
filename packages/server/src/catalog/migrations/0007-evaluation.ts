import type { Kysely, Migration } from 'kysely'

/** Dashboards and widgets; evaluators, their versions and the rules that use them; skills and their files. */
export const evaluationTables: Migration = {
  async up(db) {
    await createDashboards(db)
    await createEvaluators(db)
    await createRules(db)
    await createSkills(db)
  },
}

type Db = Kysely<unknown>

/** A table of things that belong to a project, are named, and change. */
function ownTable(db: Db, name: string) {
  return db.schema
    .createTable(name)
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
}

async function indexByProject(db: Db, table: string, column: string): Promise<void> {
  await db.schema.createIndex(`${table}_by_project`).on(table).columns(['project_id', column]).execute()
}

async function createDashboards(db: Db): Promise<void> {
  await ownTable(db, 'dashboards')
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('placements', 'text', (c) => c.notNull())
    .addColumn('filters', 'text', (c) => c.notNull())
    .execute()
  await indexByProject(db, 'dashboards', 'updated_at')
  await ownTable(db, 'dashboard_widgets')
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull())
    .execute()
  await indexByProject(db, 'dashboard_widgets', 'updated_at')
}

async function createEvaluators(db: Db): Promise<void> {
  await ownTable(db, 'evaluators')
    .addColumn('description', 'text')
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('latest_version', 'bigint', (c) => c.notNull())
    .execute()
  await indexByProject(db, 'evaluators', 'created_at')
  await db.schema
    .createTable('evaluator_versions')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('evaluator_id', 'text', (c) => c.notNull().references('evaluators.id').onDelete('cascade'))
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('evaluator_versions_version', ['evaluator_id', 'version'])
    .execute()
}

async function createRules(db: Db): Promise<void> {
  await ownTable(db, 'evaluation_rules')
    .addColumn('is_enabled', 'bigint', (c) => c.notNull())
    .addColumn('sampling', 'double precision', (c) => c.notNull())
    .addColumn('filter', 'text', (c) => c.notNull())
    .execute()
  await indexByProject(db, 'evaluation_rules', 'created_at')
  await db.schema
    .createTable('evaluation_rule_evaluators')
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('rule_id', 'text', (c) => c.notNull().references('evaluation_rules.id').onDelete('cascade'))
    .addColumn('evaluator_id', 'text', (c) => c.notNull().references('evaluators.id').onDelete('cascade'))
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('mapping', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('evaluation_rule_evaluators_key', ['rule_id', 'evaluator_id'])
    .execute()
  await db.schema
    .createIndex('evaluation_rule_evaluators_by_evaluator')
    .on('evaluation_rule_evaluators')
    .column('evaluator_id')
    .execute()
}

async function createSkills(db: Db): Promise<void> {
  await db.schema
    .createTable('skills')
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('tags', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('skills_key', ['project_id', 'name'])
    .execute()
  await ownTable(db, 'skill_versions')
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('frontmatter', 'text', (c) => c.notNull())
    .addColumn('labels', 'text', (c) => c.notNull())
    .addColumn('commit_message', 'text')
    .addColumn('files', 'text', (c) => c.notNull())
    .addUniqueConstraint('skill_versions_version', ['project_id', 'name', 'version'])
    .execute()
  await db.schema
    .createTable('skill_files')
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('skill_files_key', ['project_id', 'sha256'])
    .execute()
}

import type { Kysely, Migration } from 'kysely'

/** Prompts by name, their versions, and what is looked up beside them: labels, tags, config values, references. */
export const prompts: Migration = {
  async up(db) {
    await createPrompts(db)
    await createVersions(db)
    await createLabels(db)
    await createTags(db)
    await createConfigValues(db)
    await createReferences(db)
  },
}

type Db = Kysely<unknown>

async function createPrompts(db: Db): Promise<void> {
  await db.schema
    .createTable('prompts')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addUniqueConstraint('prompts_by_name', ['project_id', 'name'])
    .execute()
}

async function createVersions(db: Db): Promise<void> {
  await db.schema
    .createTable('prompt_versions')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('prompt_id', 'text', (c) => c.notNull().references('prompts.id').onDelete('cascade'))
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('config', 'text', (c) => c.notNull())
    .addColumn('commit_message', 'text')
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('prompt_versions_by_number', ['prompt_id', 'version'])
    .execute()
}

/** The primary key is what keeps a label on one version of a name. */
async function createLabels(db: Db): Promise<void> {
  await db.schema
    .createTable('prompt_labels')
    .addColumn('prompt_id', 'text', (c) => c.notNull().references('prompts.id').onDelete('cascade'))
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('version_id', 'text', (c) => c.notNull().references('prompt_versions.id').onDelete('cascade'))
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('prompt_labels_by_label', ['prompt_id', 'label'])
    .execute()
  await db.schema
    .createIndex('prompt_labels_by_version')
    .on('prompt_labels')
    .columns(['version_id', 'position'])
    .execute()
}

async function createTags(db: Db): Promise<void> {
  await db.schema
    .createTable('prompt_tags')
    .addColumn('prompt_id', 'text', (c) => c.notNull().references('prompts.id').onDelete('cascade'))
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('tag', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('prompt_tags_by_position', ['prompt_id', 'position'])
    .execute()
}

/** The top-level members of a config object as text, for searches. */
async function createConfigValues(db: Db): Promise<void> {
  await db.schema
    .createTable('prompt_config_values')
    .addColumn('version_id', 'text', (c) => c.notNull().references('prompt_versions.id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('prompt_config_values_by_version')
    .on('prompt_config_values')
    .column('version_id')
    .execute()
}

/** Which version refers to which other prompt, by number or by label. */
async function createReferences(db: Db): Promise<void> {
  await db.schema
    .createTable('prompt_references')
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('version_id', 'text', (c) => c.notNull().references('prompt_versions.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint')
    .addColumn('label', 'text')
    .execute()
  await db.schema
    .createIndex('prompt_references_by_name')
    .on('prompt_references')
    .columns(['project_id', 'name'])
    .execute()
  await db.schema.createIndex('prompt_references_by_version').on('prompt_references').column('version_id').execute()
}

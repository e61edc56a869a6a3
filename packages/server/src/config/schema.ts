/**
 * All settings in one table: variable, default, unit, sentence, schema. The loader, `xtrace config`
 * and docs/config.md are made from it. Only this folder knows names of environment variables.
 */
import { z } from 'zod'
import { LOG_LEVELS } from '#telemetry/pino-logger.ts'
import * as s from './setting.ts'

export const Config = z.object({
  bindAddr: s.setting(
    { env: 'BIND_ADDR', default: '127.0.0.1:8742', sentence: 'Address and port to listen on.' },
    s.address.prefault('127.0.0.1:8742'),
  ),
  dataDir: s.setting(
    { env: 'XTRACE_DATA_DIR', default: 'a folder of your user', sentence: 'Folder where everything is kept.' },
    s.folder.optional(),
  ),
  apiBearerToken: s.setting(
    {
      env: 'API_BEARER_TOKEN',
      aliases: ['XTRACE_TOKEN'],
      default: 'made at the first start and kept in the data folder',
      sentence: 'Bearer token for every route but those of organizations; works on the default project.',
    },
    s.secret.optional(),
  ),
  adminApiKey: s.setting(
    {
      env: 'ADMIN_API_KEY',
      default: 'none',
      sentence:
        'Key that administers price entries and LLM connections of every project, sent as bearer token and as `X-Langfuse-Admin-Api-Key`, with `X-Langfuse-Project-Id`.',
    },
    s.secret.optional(),
  ),
  publicKey: s.setting(
    {
      env: 'XTRACE_PUBLIC_KEY',
      aliases: ['LANGFUSE_PUBLIC_KEY'],
      default: 'made at the first start and kept in the data folder',
      sentence: 'Public key of the pair of the default project; needs the secret key beside it.',
    },
    s.text.optional(),
  ),
  secretKey: s.setting(
    {
      env: 'XTRACE_SECRET_KEY',
      aliases: ['LANGFUSE_SECRET_KEY'],
      default: 'made at the first start and kept in the data folder',
      sentence: 'Secret key of that pair.',
    },
    s.secret.optional(),
  ),
  defaultProjectId: s.setting(
    {
      env: 'DEFAULT_PROJECT_ID',
      default: '`LANGFUSE_INIT_PROJECT_ID`, else `default`',
      sentence: 'Project of the token and of the pair above.',
    },
    s.text.optional(),
  ),
  databaseUrl: s.setting(
    {
      env: 'DATABASE_URL',
      default: 'a file in the data folder',
      sentence: 'Postgres for projects, keys, prices and the like.',
    },
    s.secretUrl('postgres:', 'postgresql:').optional(),
  ),
  clickhouseUrl: s.setting(
    {
      env: 'CLICKHOUSE_URL',
      default: 'embedded in the process',
      sentence: 'ClickHouse server for traces and metrics, as `http://user:password@host:8123/database`.',
    },
    s.secretUrl('http:', 'https:').optional(),
  ),
  rateLimitQps: s.setting(
    {
      env: 'RATE_LIMIT_QPS',
      default: '20',
      unit: 'requests a second',
      sentence: 'How many reads one credential may make on average; 0 for no limit. Writes are never limited.',
    },
    s.decimal.prefault('20'),
  ),
  rateLimitBurst: s.setting(
    {
      env: 'RATE_LIMIT_BURST',
      default: '40',
      unit: 'requests',
      sentence: 'How many reads one credential may make at once after a pause.',
    },
    s.whole(1).prefault('40'),
  ),
  maxRequestBodyBytes: s.setting(
    {
      env: 'XTRACE_MAX_REQUEST_BODY_BYTES',
      default: '20971520',
      unit: 'bytes',
      sentence: 'Largest body of a request, after decompression; a larger one is answered 413.',
    },
    s.bytes(1024).prefault('20971520'),
  ),
  bodiesMaxBytes: s.setting(
    {
      env: 'XTRACE_BODIES_MAX_BYTES',
      default: '64MiB',
      unit: 'bytes',
      sentence:
        'What the bodies of all requests under way may hold in memory, after decompression; past it, requests are answered 429. Never less than one body.',
    },
    s.bytes(1024).prefault('64MiB'),
  ),
  allowUnauthenticatedCompat: s.setting(
    {
      env: 'XTRACE_ALLOW_UNAUTHENTICATED_COMPAT',
      default: '0',
      sentence:
        '`1`: `GET /api/public/projects` and OTLP need no credentials, but only while no key pair is configured.',
    },
    s.flag.prefault('0'),
  ),
  publicUrl: s.setting(
    {
      env: 'XTRACE_PUBLIC_URL',
      default: 'what each request names, or its reverse proxy in `X-Forwarded-*`',
      sentence: 'Where clients reach this server, for links to media.',
    },
    s.webUrl.optional(),
  ),
  mediaMaxBytes: s.setting(
    {
      env: 'XTRACE_MEDIA_MAX_BYTES',
      default: '1000000000',
      unit: 'bytes',
      sentence: 'Largest picture, sound or document that may be sent; a larger one is answered 400.',
    },
    s.bytes(1).prefault('1000000000'),
  ),
  encryptionKey: s.setting(
    {
      env: 'XTRACE_ENCRYPTION_KEY',
      default: 'made at the first start and kept in the data folder',
      sentence:
        'Key of 64 hex digits under which the keys of LLM connections are kept; the same for all servers of one catalogue.',
    },
    s.encryptionKey.optional(),
  ),
  listBudgetMs: s.setting(
    {
      env: 'XTRACE_LIST_BUDGET_MS',
      default: '5000',
      unit: 'milliseconds',
      sentence:
        'How long a list of the web interface looks back in time before it shows what it has found and offers to go on.',
    },
    s.whole(0, 3_600_000).prefault('5000'),
  ),
  readBarrierMs: s.setting(
    {
      env: 'XTRACE_READ_BARRIER_MS',
      default: '1000',
      unit: 'milliseconds',
      sentence:
        'How long a read waits for what was acknowledged before it, or three times as long if no more is missing by then than the writer stores at once; past it, the answer says in `X-Xtrace-Behind-Bytes` how much is missing.',
    },
    s.whole(0, 60_000).prefault('1000'),
  ),
  logLevel: s.setting(
    {
      env: 'XTRACE_LOG_LEVEL',
      default: 'info',
      sentence: `How much is logged to standard error: ${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}.`,
    },
    z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).prefault('info'),
  ),
  engineMemoryBytes: s.setting(
    {
      env: 'XTRACE_ENGINE_MEMORY_BYTES',
      default: 'a quarter of the memory, 512MiB to 8GiB',
      unit: 'bytes',
      sentence: 'What the embedded store may use in all, caches included.',
    },
    s.bytes(256 * 1024 * 1024).default(() => s.defaultEngineMemory()),
  ),
  queryMaxSeconds: s.setting(
    {
      env: 'XTRACE_QUERY_MAX_SECONDS',
      default: '30',
      unit: 'seconds',
      sentence: 'How long one query may take; past it, the read is answered 422.',
    },
    s.whole(1, 3600).prefault('30'),
  ),
  eventLogMaxBytes: s.setting(
    {
      env: 'XTRACE_EVENT_LOG_MAX_BYTES',
      default: '2GiB',
      unit: 'bytes',
      sentence: 'What may be acknowledged and not yet stored; past it, writes are answered 503 until room is made.',
    },
    s.bytes(16 * 1024 * 1024).prefault('2GiB'),
  ),
  eventLogSync: s.setting(
    {
      env: 'XTRACE_EVENT_LOG_SYNC',
      default: 'always',
      sentence:
        '`always`: acknowledged is safe from loss of power; `interval`: from a crash of the process, and synced now and then; `off`: synced when the system likes.',
    },
    z.enum(['always', 'interval', 'off'], 'must be one of always, interval, off').prefault('always'),
  ),
  eventLogSyncIntervalMs: s.setting(
    {
      env: 'XTRACE_EVENT_LOG_SYNC_INTERVAL_MS',
      default: '1000',
      unit: 'milliseconds',
      sentence: 'Time between syncs under `interval`.',
    },
    s.whole(1, 3_600_000).prefault('1000'),
  ),
  retentionDays: s.setting(
    {
      env: 'XTRACE_RETENTION_DAYS',
      default: 'for ever',
      unit: 'days',
      sentence:
        'How long traces, scores, metrics and media are kept, by whole days; a project with a retention of its own keeps to that. Daily metrics stay (docs/operations.md).',
    },
    s.whole(1, 36_500).optional(),
  ),
  projectMaxBytes: s.setting(
    {
      env: 'XTRACE_PROJECT_MAX_BYTES',
      default: 'no bound',
      unit: 'bytes',
      sentence:
        'What the records of one project may take on disk, about; past it the oldest inputs and outputs are removed, then the oldest records.',
    },
    s.bytes(1024 * 1024).optional(),
  ),
  diskReserveBytes: s.setting(
    {
      env: 'XTRACE_DISK_RESERVE_BYTES',
      default: '512MiB',
      unit: 'bytes',
      sentence:
        'Room that is left free on the disk of the data folder; with less, writes are answered 503 and nothing is stored until there is more. Reads go on.',
    },
    s.bytes(0).prefault('512MiB'),
  ),
  deadLettersMaxBytes: s.setting(
    {
      env: 'XTRACE_DEAD_LETTERS_MAX_BYTES',
      default: '256MiB',
      unit: 'bytes',
      sentence: 'What records that the store refused may take in the data folder; past it, the oldest go.',
    },
    s.bytes(1024 * 1024).prefault('256MiB'),
  ),
  initOrgId: s.setting(
    { env: 'LANGFUSE_INIT_ORG_ID', default: '`default`', sentence: 'Organization that is made at start.' },
    s.text.optional(),
  ),
  initOrgName: s.setting(
    { env: 'LANGFUSE_INIT_ORG_NAME', default: 'its id', sentence: 'Name of that organization.' },
    s.text.optional(),
  ),
  initOrgPublicKey: s.setting(
    {
      env: 'LANGFUSE_INIT_ORG_PUBLIC_KEY',
      default: 'none',
      sentence:
        'Public key of the pair that administers that organization (projects, keys, members, SCIM); needs the secret key beside it. Without the pair those routes are closed.',
    },
    s.text.optional(),
  ),
  initOrgSecretKey: s.setting(
    { env: 'LANGFUSE_INIT_ORG_SECRET_KEY', default: 'none', sentence: 'Secret key of that pair.' },
    s.secret.optional(),
  ),
  initProjectId: s.setting(
    { env: 'LANGFUSE_INIT_PROJECT_ID', default: 'the default project', sentence: 'Project that is made at start.' },
    s.text.optional(),
  ),
  initProjectName: s.setting(
    { env: 'LANGFUSE_INIT_PROJECT_NAME', default: 'its id', sentence: 'Name of that project.' },
    s.text.optional(),
  ),
  initProjectPublicKey: s.setting(
    {
      env: 'LANGFUSE_INIT_PROJECT_PUBLIC_KEY',
      default: 'none',
      sentence:
        'Public key of a pair of that project; needs the secret key beside it. Where that is the default project, `XTRACE_PUBLIC_KEY` wins.',
    },
    s.text.optional(),
  ),
  initProjectSecretKey: s.setting(
    { env: 'LANGFUSE_INIT_PROJECT_SECRET_KEY', default: 'none', sentence: 'Secret key of that pair.' },
    s.secret.optional(),
  ),
  initUserEmail: s.setting(
    {
      env: 'LANGFUSE_INIT_USER_EMAIL',
      default: 'none',
      sentence: 'Address of the user who owns that organization; made at start.',
    },
    s.text.optional(),
  ),
  initUserName: s.setting(
    { env: 'LANGFUSE_INIT_USER_NAME', default: 'the address', sentence: 'Name of that user.' },
    s.text.optional(),
  ),
  initUserPassword: s.setting(
    {
      env: 'LANGFUSE_INIT_USER_PASSWORD',
      default: 'none',
      sentence: 'Password with which that user signs in to the web interface; another one here replaces it.',
    },
    s.secret.optional(),
  ),
})
export type Config = z.output<typeof Config>

import type { SegmentLogOptions } from '#eventlog/segment-log.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'

interface KeyPair {
  readonly publicKey: string
  readonly secretKey: string
}

/** What the settings say, and what the process brings. */
export interface AppOptions {
  readonly version: string
  readonly dataDir: string
  /** Folder of the built web page. */
  readonly webDir: string
  readonly logger: Logger
  readonly metrics: Metrics
  /** The project of the token and of the configured key pair. */
  readonly project: { readonly id: string; readonly name: string }
  readonly organization: { readonly id: string; readonly name: string }
  readonly keys: KeyPair
  /** Opens the routes that administer the organization; they are closed without it. */
  readonly organizationKeys?: KeyPair
  /** A user to make at start, who owns the organization. */
  readonly owner?: { readonly email: string; readonly name: string; readonly password?: string }
  readonly token: string
  /** Opens price entries and LLM connections of every project; nothing when absent. */
  readonly adminKey?: string
  /** A second project to make at start, for set-ups that name their own. */
  readonly seed?: {
    readonly project: AppOptions['project']
    readonly organization: AppOptions['organization']
    readonly keys?: KeyPair
  }
  /** Postgres for the catalogue; SQLite in the data folder when absent. */
  readonly catalogUrl?: string
  /** What a list of the web interface may take before it shows what it has. */
  readonly listBudgetMs: number
  /** A ClickHouse server; the embedded engine when absent. */
  readonly engineUrl?: string
  readonly engine: {
    readonly memoryBytes: number
    readonly maxQuerySeconds: number
    readonly maxQueryMemoryBytes: number
  }
  readonly log: Omit<SegmentLogOptions, 'dir' | 'logger' | 'metrics'>
  /** Writes stop while less than this is free on the disk of the data folder; 0 when absent. */
  readonly diskReserveBytes?: number
  /** How long `close` waits until what is in the log is stored; the rest is stored at the next start. 10 s when absent. */
  readonly stopTimeoutMs?: number
  /** What changes that the store refused may take on the disk; 256 MiB when absent. */
  readonly deadLetterMaxBytes?: number
  readonly http: { readonly maxBodyBytes: number; readonly maxBodiesBytes?: number; readonly readBarrierMs: number }
  /** Serves `GET /api/public/projects` and OTLP without credentials. */
  readonly isOpenCompat?: boolean
  /** True where only this machine can connect. */
  readonly isLoopback: boolean
  /** 32 bytes, under which secrets of others are kept in the catalogue. */
  readonly encryptionKey: Uint8Array
  readonly mediaMaxBytes: number
  /** What projects may keep; undefined for ever, and without a bound. */
  readonly retention: { readonly maxAgeDays: number | undefined; readonly maxProjectBytes: number | undefined }
  /** Where clients reach this server, when it can't tell from their requests. */
  readonly publicUrl?: string
  readonly readLimit: { readonly qps: number; readonly burst: number }
}

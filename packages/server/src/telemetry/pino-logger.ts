import { type DestinationStream, destination, pino } from 'pino'
import type { Logger } from './logger.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface LoggerOptions {
  readonly level: LogLevel
  /** Where lines go; standard error when absent, so that standard output carries only what a command prints. */
  readonly output?: DestinationStream
}

const SECRET_FIELDS = ['authorization', 'cookie', 'secret', 'secretKey', 'password', 'token', 'apiKey']

/** Structured lines of JSON, written at once so that none is lost at exit. Credentials in well-known fields are blanked. */
export function createLogger(options: LoggerOptions): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
      redact: { paths, censor: '[secret]' },
    },
    options.output ?? destination({ fd: 2, sync: true }),
  )
}

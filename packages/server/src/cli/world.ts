import type { App } from '#app.ts'
import type { AppOptions } from '#app-options.ts'
import type { Env } from '#config/load.ts'

/** The process as the commands see it. */
export interface World {
  readonly args: readonly string[]
  readonly env: Env
  readonly platform: NodeJS.Platform
  /** The user's home folder. */
  readonly home: string
  readonly version: string
  /** Folder of the built web page. */
  readonly webDir: string
  /** Text for the user, on standard output. */
  out(text: string): void
  /** Complaints, on standard error. */
  err(text: string): void
  /** Calls back at every SIGTERM and SIGINT. */
  onSignal(listener: (signal: string) => void): void
  /** Ends the process now. */
  exit(code: number): void
  /** A stop that takes longer is cut short. A supervisor waits about ten seconds before it kills. */
  readonly stopWithinMs: number
  readonly createApp: (options: AppOptions) => Promise<App>
}

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { keepFile } from '#config/kept-file.ts'

const Note = z.object({ url: z.string() })

const fileOf = (dataDir: string) => join(dataDir, 'server.json')

/** Notes where the server of a data folder can be reached, for commands that ask it to do something. */
export async function noteServer(dataDir: string, url: string): Promise<void> {
  await keepFile(fileOf(dataDir), `${JSON.stringify({ url } satisfies z.output<typeof Note>)}\n`)
}

export async function forgetServer(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true })
}

/** Where the server listens that holds the folder; undefined when it does not yet, or says nothing. */
export async function findServer(dataDir: string): Promise<string | undefined> {
  try {
    return Note.parse(JSON.parse(await readFile(fileOf(dataDir), 'utf8'))).url
  } catch {
    return undefined
  }
}

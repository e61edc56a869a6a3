import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'

/** The folders and files of a backup, beside its manifest (docs/formats/backup.md). */
export const BACKUP_PLACES = {
  manifest: 'manifest.json',
  catalog: 'catalog.db',
  store: 'store',
  /** Copied as they lie in the data folder. */
  folders: ['media', 'dead-letters'],
  log: 'log',
  credentials: ['credentials.json', 'encryption.key'],
} as const

const FORMAT = 1

/** What a backup holds. Written last: a folder without one is no backup. */
export const BackupManifest = z.object({
  format: z.number(),
  /** Of the program that wrote it. */
  xtraceVersion: z.string(),
  /** ISO time at which nothing was being stored. */
  takenAt: z.string(),
  /** The store's schema. */
  storeVersion: z.number(),
  hasCredentials: z.boolean(),
  /** Every other file by its path with slashes, with its length and its SHA-256 in hex. */
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
  /** Paths of media and dead letters that were deleted before they were copied. */
  leftOut: z.array(z.string()).default([]),
})
export type BackupManifest = z.output<typeof BackupManifest>

export const newManifest = (fields: Omit<BackupManifest, 'format'>): BackupManifest => ({ format: FORMAT, ...fields })

/** @throws AppError `bad_request` when the folder holds no backup, or one that this program can't read */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, BACKUP_PLACES.manifest), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new AppError('bad_request', `${folder} holds no manifest.json: it is no backup, or one that was not finished`)
  const manifest = parse(text, folder)
  if (manifest.format !== FORMAT)
    throw new AppError(
      'bad_request',
      `The backup ${folder} has format ${manifest.format}; this xtrace reads format ${FORMAT}: use the one that wrote it (${manifest.xtraceVersion}), or a later one`,
    )
  return manifest
}

function parse(text: string, folder: string): BackupManifest {
  try {
    return BackupManifest.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('bad_request', `The manifest.json of ${folder} is damaged`, { cause })
  }
}

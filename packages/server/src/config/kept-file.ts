import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { AppError } from '#domain/errors.ts'

/**
 * The text of a file that holds secrets, made readable by its user alone; undefined when there is none.
 * @throws AppError `unavailable` when it can't be read
 */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    await chmod(file, 0o600)
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new AppError('unavailable', `${file} can not be read`, { cause })
  }
}

/**
 * Writes a file that only its user can read; beside and renamed, so that a crash leaves a whole file or none.
 * @throws AppError `unavailable` when it can't be written
 */
export async function keepFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new`
  try {
    await writeFile(draft, text, { mode: 0o600, flush: true })
    await rename(draft, file)
  } catch (cause) {
    throw new AppError('unavailable', `${file} can not be written`, { cause })
  }
}

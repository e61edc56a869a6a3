// Copies a sound catalogue file as it stands, in a thread of its own: sqlite.ts starts it, and the build puts it beside its
// bundle. Plain JavaScript, since a thread knows no TypeScript.
import { parentPort, workerData } from 'node:worker_threads'
import Libsql from 'libsql'

const firstValue = (database, sql) => Object.values(database.prepare(sql).get([]))[0]

/** What the file says of itself; copied when its verdict is `ok`. */
function copy({ path, to }) {
  const database = new Libsql(path)
  try {
    database.pragma('busy_timeout = 5000')
    const verdict = firstValue(database, 'PRAGMA quick_check(1)')
    const applicationId = firstValue(database, 'PRAGMA application_id')
    if (verdict === 'ok') database.prepare('VACUUM INTO ?').run([to])
    return { verdict, applicationId }
  } finally {
    database.close()
  }
}

try {
  parentPort.postMessage(copy(workerData))
} catch (error) {
  // An error of libsql loses its message between threads.
  throw new Error(error.message)
}

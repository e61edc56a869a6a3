/** Our built server with an empty data folder, as the suites expect it. */
import { startBuiltServer } from '../lib/server.js'
import { BASE_URL, PROJECT_ID, PUBLIC_KEY, SECRET_KEY, SERVER_ENV } from './settings.js'

/** Starts the server and waits until it shows the suites' project to the suites' keys; `startBuiltServer` tells the rest. */
export async function startServer(logFile) {
  if (await answers()) throw new Error(`Something else answers at ${BASE_URL}; the suites need that address.`)
  return await startBuiltServer({ url: BASE_URL, env: SERVER_ENV, logFile, isUp: showsProject })
}

const answers = () =>
  fetch(`${BASE_URL}/api/public/health`).then(
    () => true,
    () => false,
  )

async function showsProject() {
  const authorization = `Basic ${Buffer.from(`${PUBLIC_KEY}:${SECRET_KEY}`).toString('base64')}`
  try {
    const response = await fetch(`${BASE_URL}/api/public/projects`, { headers: { authorization } })
    const { data } = await response.json()
    return data.some(({ id }) => id === PROJECT_ID)
  } catch {
    return false
  }
}

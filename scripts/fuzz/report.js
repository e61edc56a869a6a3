/** What schemathesis' report of events, one JSON object a line, comes to. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** Calls, those answered 5xx, and how many kinds of failure the checks found, a kind being a check, an operation and a status. */
export async function count(report) {
  const failures = new Set()
  let calls = 0
  let serverErrors = 0
  for await (const text of createInterface({ input: createReadStream(report) })) {
    const { recorder } = JSON.parse(text).ScenarioFinished ?? {}
    const interactions = recorder?.interactions ?? {}
    const statuses = Object.values(interactions).map(({ response }) => response?.status_code)
    calls += statuses.length
    serverErrors += statuses.filter((status) => status >= 500).length
    for (const [call, checks] of Object.entries(recorder?.checks ?? {}))
      for (const { name, status } of checks)
        if (status === 'failure') failures.add(`${recorder.label} ${name} ${interactions[call]?.response?.status_code}`)
  }
  return { calls, serverErrors, failures: [...failures].sort() }
}

/** A line for each kind of failure and one of figures. */
export const summary = ({ calls, serverErrors, failures }) =>
  [...failures, `${calls} calls, ${serverErrors} answered 5xx, ${failures.length} kinds of failure`].join('\n')

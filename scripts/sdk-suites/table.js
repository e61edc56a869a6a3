/** What the suites gave, as tables in Markdown, which read as well in a terminal. */

const count = (tests, outcome) => tests.filter((test) => test.outcome === outcome).length

function groupBy(tests, key) {
  const groups = new Map()
  for (const test of tests) groups.set(test[key], [...(groups.get(test[key]) ?? []), test])
  return [...groups]
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim()

/** The reasons of the skipped ones, each with how many tests it holds back. */
function whySkipped(tests) {
  const skipped = tests.filter(({ outcome }) => outcome === 'skipped')
  return groupBy(skipped, 'reason')
    .map(([reason, held]) => `${held.length}: ${cell(reason)}`)
    .join('; ')
}

function row(name, tests) {
  const counts = ['passed', 'failed', 'skipped'].map((outcome) => count(tests, outcome))
  return `| ${name} | ${counts.join(' | ')} | ${whySkipped(tests)} |`
}

/** One table for each suite: a row for each file, and their sum. */
export function table(tests) {
  const suites = groupBy(tests, 'suite').map(([suite, all]) => {
    const files = groupBy(all, 'file').sort(([left], [right]) => left.localeCompare(right))
    const rows = files.map(([file, some]) => row(cell(file), some))
    const sum = ['passed', 'failed', 'skipped'].map((outcome) => count(all, outcome))
    return [
      `### ${suite}`,
      '',
      '| file | passed | failed | skipped | why skipped |',
      '|---|---:|---:|---:|---|',
      ...rows,
      `| **all** | ${sum.join(' | ')} | |`,
    ].join('\n')
  })
  return suites.join('\n\n')
}

/** The names of the tests that failed, a line each with the first line of the reason. */
export const failures = (tests) =>
  tests
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ file, name, reason }) => `FAILED ${file} ${name}: ${cell(reason.trim().split('\n').at(-1) ?? '')}`)
    .join('\n')

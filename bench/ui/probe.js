/**
 * Runs in the page, before its own scripts: says when what is asked for has been painted, and keeps what the browser
 * reports. Times are milliseconds since the navigation began.
 */
const ROWS = '[role="grid"] [data-column]'
const TREE_ROW = '[role="tree"] [data-row]'
const SELECTED = '[role="tree"] [aria-selected="true"]'

const kept = { keys: [], longTasks: [], shift: 0 }

function keep(type, take, options = {}) {
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options })
}

keep('event', (entry) => kept.keys.push(entry), { durationThreshold: 16 })
keep('longtask', (entry) => kept.longTasks.push(entry))
keep('layout-shift', (entry) => {
  if (!entry.hadRecentInput) kept.shift += entry.value
})

/** After the frame that is being made now. */
const afterPaint = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(undefined)
    })
  })

/** When the page has been painted in a state that passes the test. */
function painted(test) {
  return new Promise((resolve) => {
    const look = () => {
      if (!test()) return false
      observer.disconnect()
      void afterPaint().then(resolve)
      return true
    }
    const observer = new MutationObserver(look)
    if (!look()) observer.observe(document, { subtree: true, childList: true, characterData: true })
  })
}

/** The instant of the next press of the key, before anything answers it. */
const pressed = (key) =>
  new Promise((resolve) => {
    const listen = (event) => {
      if (event.key !== key) return
      removeEventListener('keydown', listen, true)
      resolve(event.timeStamp)
    }
    addEventListener('keydown', listen, true)
  })

/** Presses `j` until it selects a row: that keys are listened to is known by what they do. */
async function keysAlive() {
  for (;;) {
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true, cancelable: true }))
    const at = await afterPaint()
    if (document.querySelector(SELECTED)) return at
  }
}

const has = (selector) => () => document.querySelector(selector) !== null

/** Whether there are rows, and all of this name. */
function showsOnly(name) {
  const cells = document.querySelectorAll('[role="grid"] [data-column="name"]')
  return cells.length > 0 && [...cells].every((cell) => cell.textContent === name)
}

/** Durations between frames until `stop`. */
function watchFrames() {
  const frames = []
  let isOn = true
  let last = 0
  const tick = (at) => {
    if (last > 0) frames.push(at - last)
    last = at
    if (isOn) requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  return () => {
    isOn = false
    return frames
  }
}

const results = {}
let stopFrames = () => []

globalThis.probe = {
  /** First rows of a list, since the navigation. */
  firstRows: painted(has(ROWS)),
  /** From Enter to rows of this name alone. */
  armFilter(name) {
    results.filter = pressed('Enter').then(async (from) => (await painted(() => showsOnly(name))) - from)
  },
  /** From a click on a link to the rows of a list. */
  armClick() {
    results.click = new Promise((resolve) => {
      addEventListener('pointerdown', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true })
    }).then(async (from) => (await painted(has(ROWS))) - from)
  },
  /** From Enter to the tree, and to keys that work in it. */
  armOpen() {
    results.open = pressed('Enter').then(async (from) => {
      const tree = (await painted(has(TREE_ROW))) - from
      return [tree, (await keysAlive()) - from]
    })
  },
  now: () => performance.now(),
  result: (name) => results[name],
  /** Milliseconds of presses since `from`; those that the browser finds too short to report are missing. */
  keysSince: (from) =>
    kept.keys.filter(({ name, startTime }) => name === 'keydown' && startTime >= from).map(({ duration }) => duration),
  longTasksSince: (from) => kept.longTasks.filter(({ startTime }) => startTime >= from).map(({ duration }) => duration),
  shift: () => kept.shift,
  elements: () => document.querySelectorAll('*').length,
  watchFrames() {
    stopFrames = watchFrames()
  },
  frames: () => stopFrames(),
}

/** The page at `/`: whether the server is up, how to connect a program, whether a key works. */

interface Health {
  readonly status: string
  readonly version: string
}

function element<Kind extends Element>(selector: string, kind: new () => Kind): Kind {
  const found = document.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`)
  return found
}

function isHealth(value: unknown): value is Health {
  return typeof value === 'object' && value !== null && 'status' in value && 'version' in value
}

async function showStatus(): Promise<void> {
  const status = element('#status', HTMLElement)
  try {
    const answer = await fetch('/api/public/health')
    const health: unknown = await answer.json()
    const isUp = answer.ok && isHealth(health)
    status.textContent = isUp
      ? `version ${health.version}, ready`
      : 'The server is up, but its storage does not answer.'
    status.dataset['state'] = isUp ? 'ok' : 'bad'
  } catch {
    status.textContent = 'The server does not answer.'
    status.dataset['state'] = 'bad'
  }
}

function showEnvironment(): void {
  const lines = [
    `export LANGFUSE_HOST=${location.origin}`,
    `export LANGFUSE_BASE_URL=${location.origin}`,
    'export LANGFUSE_PUBLIC_KEY=pk-…',
    'export LANGFUSE_SECRET_KEY=sk-…',
  ]
  element('#environment', HTMLElement).textContent = lines.join('\n')
}

/** What to say of the answer to `GET /api/public/projects`. */
async function verdict(answer: Response): Promise<string> {
  if (answer.status === 401) return 'The server does not know this key pair.'
  if (!answer.ok) return `The server answered ${answer.status}.`
  const body: { data?: { name?: string }[] } = await answer.json()
  return `The pair works: it belongs to the project “${body.data?.[0]?.name ?? '?'}”.`
}

async function checkKey(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form)
  const pair = `${fields.get('publicKey')}:${fields.get('secretKey')}`
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(pair)))
  const answer = await fetch('/api/public/projects', { headers: { Authorization: `Basic ${encoded}` } })
  element('#answer', HTMLElement).textContent = await verdict(answer)
}

const form = element('#check', HTMLFormElement)
form.addEventListener('submit', (event) => {
  event.preventDefault()
  checkKey(form).catch(() => {
    element('#answer', HTMLElement).textContent = 'The server does not answer.'
  })
})
showEnvironment()
showStatus().catch(() => {
  element('#status', HTMLElement).textContent = 'The page could not show the status.'
})

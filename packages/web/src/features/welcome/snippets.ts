/** Lines that send a first trace, for each way in. `secretKey` is a place-holder unless the pair was just made. */
export interface SnippetKeys {
  readonly url: string
  readonly publicKey: string
  readonly secretKey: string
}

export interface Snippet {
  readonly name: 'python' | 'python-2' | 'js' | 'otlp' | 'curl'
  readonly label: string
  readonly install: string
  code(keys: SnippetKeys): string
}

/** The environment that all SDKs read. */
export function environmentLines({ url, publicKey, secretKey }: SnippetKeys): string {
  return [
    `export LANGFUSE_BASE_URL=${url}`,
    `export LANGFUSE_HOST=${url}`,
    `export LANGFUSE_PUBLIC_KEY=${publicKey}`,
    `export LANGFUSE_SECRET_KEY=${secretKey}`,
  ].join('\n')
}

const basic = ({ publicKey, secretKey }: SnippetKeys) => btoa(`${publicKey}:${secretKey}`)

export const SNIPPETS: readonly Snippet[] = [
  {
    name: 'python',
    label: 'Python 3–5',
    install: 'pip install langfuse',
    code: () => `from langfuse import get_client, observe

@observe(name="answer", as_type="generation")
def answer(question: str) -> str:
    get_client().update_current_generation(model="gpt-4o", usage_details={"input": 12, "output": 5})
    return "Paris"

@observe(name="first-trace")
def main():
    return answer("What is the capital of France?")

main()
get_client().flush()
`,
  },
  {
    name: 'python-2',
    label: 'Python 2',
    install: "pip install 'langfuse<3'",
    code: () => `from langfuse import Langfuse

langfuse = Langfuse()
trace = langfuse.trace(name="first-trace", input="What is the capital of France?", output="Paris")
trace.generation(
    name="answer", model="gpt-4o", input="What is the capital of France?", output="Paris",
    usage={"input": 12, "output": 5},
).end()
langfuse.flush()
`,
  },
  {
    name: 'js',
    label: 'JavaScript',
    install: 'npm install langfuse',
    code: () => `import { Langfuse } from 'langfuse'

const langfuse = new Langfuse()
const trace = langfuse.trace({ name: 'first-trace', input: 'What is the capital of France?', output: 'Paris' })
trace
  .generation({ name: 'answer', model: 'gpt-4o', input: 'What is the capital of France?', usage: { input: 12, output: 5 } })
  .end({ output: 'Paris' })
await langfuse.shutdownAsync()
`,
  },
  {
    name: 'otlp',
    label: 'OpenTelemetry',
    install: '# any exporter of OTLP over HTTP, protobuf or JSON',
    code: (keys) => `export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${keys.url}/v1/traces
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic%20${basic(keys)}"
`,
  },
  {
    name: 'curl',
    label: 'curl',
    install: '# nothing to install',
    code: (keys) => `curl ${keys.url}/api/public/ingestion \\
  --user '${keys.publicKey}:${keys.secretKey}' --json @- <<EOF
{"batch": [
  {"id": "$(uuidgen)", "type": "trace-create", "timestamp": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
   "body": {"id": "$(uuidgen)", "name": "first-trace", "input": "ping", "output": "pong"}}
]}
EOF
`,
  },
]

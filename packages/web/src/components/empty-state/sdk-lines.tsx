import { useQuery } from '@tanstack/react-query'
import { keysQuery } from '#api/settings.ts'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { useProject } from '#project/use-project.ts'

interface SdkLinesProps {
  /** Lines to copy, for a client of this project. */
  code(client: SdkClient): string
}

/** How a program of this project reaches this server; of a secret key only its ends are known. */
interface SdkClient {
  readonly url: string
  readonly publicKey: string
  readonly secretKey: string
}

/** Lines of code that make what is not there yet, with the project's own key. */
export function SdkLines({ code }: SdkLinesProps) {
  const { project } = useProject()
  const { data } = useQuery(keysQuery(project.id))
  const key = data?.apiKeys[0]
  const { publicKey = 'pk-lf-…', displaySecretKey: secretKey = 'sk-lf-…' } = key ?? {}
  return <CodeBlock text={code({ url: window.location.origin, publicKey, secretKey })} />
}

/** The Python client of this project, for a line after it that uses what else is imported. */
export const pythonClient = ({ url, publicKey, secretKey }: SdkClient, ...imported: string[]): string =>
  `from langfuse import ${['Langfuse', ...imported].join(', ')}
langfuse = Langfuse(host="${url}", public_key="${publicKey}", secret_key="${secretKey}")`

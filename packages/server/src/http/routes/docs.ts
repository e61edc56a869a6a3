import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { buildOpenApi, type OpenApiDocument } from '#http/openapi.ts'
import { type Reply, type Route, route } from '#http/route.ts'
import { fileReply } from '#http/static-file.ts'

/**
 * The routes given, and beside them `/openapi.json` and the reference page `/docs` that describe
 * them all. The page needs nothing from the internet and no script inside it.
 */
export function withDocs(routes: readonly Route[], version: string): Route[] {
  let document: OpenApiDocument | undefined
  const all: Route[] = [...routes, ...docRoutes(() => (document ??= buildOpenApi(all, version)))]
  return all
}

function docRoutes(document: () => OpenApiDocument): Route[] {
  return [
    route({
      method: 'GET',
      path: '/openapi.json',
      access: 'none',
      errors: 'native',
      doc: {
        operationId: 'openapi',
        tag: 'Reference',
        summary: 'This document',
        responses: { 200: z.looseObject({ openapi: z.string() }) },
      },
      handle: () => ({ body: document() }),
    }),
    route({
      method: 'GET',
      path: '/docs',
      access: 'none',
      errors: 'native',
      doc: page('docs', 'The API reference as a page', 'text/html'),
      handle: () => ({ body: PAGE, headers: PAGE_HEADERS }),
    }),
    route({
      method: 'GET',
      path: '/docs/:file',
      access: 'none',
      errors: 'native',
      params: z.object({ file: z.string() }),
      doc: page('docs_file', 'Files of the reference page', 'application/octet-stream'),
      handle: ({ params }) => file(params.file),
    }),
  ]
}

function page(operationId: string, summary: string, responseType: string) {
  return { operationId, tag: 'Reference', summary, responseType, responses: { 200: z.string() } }
}

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>xtrace API reference</title>
    <link rel="icon" href="docs/favicon-32x32.png">
    <link rel="stylesheet" href="docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`

const START = `window.addEventListener('load', () => {
  SwaggerUIBundle({ url: 'openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null, docExpansion: 'list' })
})
`

const ASSETS: ReadonlySet<string> = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'])

const require = createRequire(import.meta.url)

async function file(name: string): Promise<Reply> {
  if (name === 'start.js') return { body: START, headers: { 'content-type': 'text/javascript; charset=utf-8' } }
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'))
  const reply = ASSETS.has(name) ? await fileReply(join(folder, name), 'public, max-age=86400') : undefined
  if (!reply) throw new AppError('not_found', `The reference page has no file ${name}`)
  return reply
}

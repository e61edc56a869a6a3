import { type DemoLoadedDto, LoadDemoBody } from '@xtrace/contract'
import { generateDemo } from '#demo/generate.ts'
import { changesOfDemo } from '#http/demo-changes.ts'
import { jsonBody } from '#http/json-body.ts'
import type { Route } from '#http/route.ts'
import { uiRoute } from '#http/ui-route.ts'
import { writeContext } from '#http/write-context.ts'
import type { Accept } from '#ingest/accept.ts'

/** A project that is empty can be filled with something to look at. */
export function demoRoutes({ accept }: { readonly accept: Accept }): Route[] {
  return [
    uiRoute({
      method: 'POST',
      path: '/demo',
      summary: 'Record what some programs would have sent over a week',
      handle: async (request) => {
        const { observations } = LoadDemoBody.parse(await jsonBody(request))
        const context = writeContext(request, 'api')
        const demo = generateDemo({ seed: SEED, observations, endMs: request.receivedAt, hugeTrace: 0 })
        let made = 0
        for (const each of demo) {
          await accept(changesOfDemo(each, context))
          made += each.observations
        }
        return { body: { observations: made } satisfies DemoLoadedDto }
      },
    }),
  ]
}

const SEED = 1

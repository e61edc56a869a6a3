import { ScoresV3Dto, ScoresV3Query } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { toScoreV3Dto } from '#http/dto/score-dto.ts'
import { anyOf, within } from '#http/filter-params.ts'
import { type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Route, route } from '#http/route.ts'
import { findScoresV3 } from '#query/find-scores-v3.ts'
import { type Place, parseScoreToken } from '#query/page-token.ts'

/** Scores by cursor (public-api contract §7.5). */
export function scoresV3Route(deps: Pick<ReadDeps, 'engine'>): Route {
  return route({
    method: 'GET',
    path: '/api/public/v3/scores',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: ScoresV3Query,
    doc: {
      operationId: 'scoresV3_getMany',
      tag: 'Scores',
      summary: 'List scores by cursor, with the field groups asked for',
      responses: { 200: ScoresV3Dto },
    },
    handle: async (request) => {
      const { query } = request
      const { values, cursor } = await findScoresV3(readerOf(request, deps.engine), {
        filters: filtersOf(query),
        values: numbersOf(query),
        after: placeOf(query.cursor),
        limit: query.limit,
        now: request.receivedAt,
      })
      const has = (group: string) => query.fields?.includes(group) ?? false
      const options = { details: has('details'), subject: has('subject'), annotation: has('annotation') }
      const body: ScoresV3Dto = {
        data: values.map((score) => toScoreV3Dto(score, options)),
        meta: { limit: query.limit, ...(cursor !== undefined && { cursor }) },
      }
      return { body }
    },
  })
}

function filtersOf(query: ScoresV3Query): Filter[] {
  const isCategory = query.dataType?.[0] === 'CATEGORICAL'
  const bounds: Filter[] = []
  if (query.valueMin !== undefined)
    bounds.push({ type: 'number', column: 'value', operator: '>=', value: query.valueMin })
  if (query.valueMax !== undefined)
    bounds.push({ type: 'number', column: 'value', operator: '<=', value: query.valueMax })
  return [
    ...anyOf('id', query.id),
    ...anyOf('name', query.name),
    ...anyOf('source', query.source),
    ...anyOf('dataType', query.dataType),
    ...anyOf('environment', query.environment),
    ...anyOf('configId', query.configId),
    ...anyOf('queueId', query.queueId),
    ...anyOf('authorUserId', query.authorUserId),
    ...anyOf('traceId', query.traceId),
    ...anyOf('sessionId', query.sessionId),
    ...anyOf('observationId', query.observationId),
    ...anyOf('datasetRunId', query.experimentId),
    ...within('timestamp', query.fromTimestamp, query.toTimestamp),
    ...(isCategory ? anyOf('stringValue', query.value) : []),
    ...bounds,
  ]
}

/** The values asked for as they are stored; categories are compared by their label. */
function numbersOf({ dataType, value }: ScoresV3Query): readonly number[] | undefined {
  if (dataType?.[0] === 'NUMERIC') return value?.map(Number)
  return dataType?.[0] === 'BOOLEAN' ? value?.map((word) => (word === 'true' ? 1 : 0)) : undefined
}

function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const place = parseScoreToken(cursor)
  if (!place) throw new AppError('bad_request', 'Invalid cursor format')
  return place
}

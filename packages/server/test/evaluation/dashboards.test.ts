import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogBackends } from '#catalog/test-catalogs.ts'
import { openWorld, type World } from '../admin/world.ts'

const DASHBOARDS = '/api/public/unstable/dashboards'
const WIDGETS = '/api/public/unstable/dashboard-widgets'
const ONE = `${DASHBOARDS}/{dashboardId}`
const PLACEMENT = `${ONE}/placements/{placementId}`
let world: World
let ask: World['askProject']

describe.each(catalogBackends())('on $name', (backend) => {
  beforeAll(async () => {
    world = await openWorld(backend)
    ask = world.askProject
  }, 60_000)
  afterAll(() => world.close())

  const widget = {
    name: 'Cost',
    view: 'observations',
    dimensions: [{ field: 'providedModelName' }],
    metrics: [{ measure: 'totalCost', agg: 'sum' }],
    filters: [{ type: 'stringOptions', column: 'environment', operator: 'any of', value: ['default'] }],
    chartType: 'PIE',
  }
  const makeWidget = async () => (await ask('POST', WIDGETS, widget)).body.id
  const makeDashboard = async (fields: object = {}) => (await ask('POST', DASHBOARDS, { name: 'D', ...fields })).body.id

  describe('widgets', () => {
    test('are made, changed, listed and deleted', async () => {
      const made = await ask('POST', WIDGETS, widget)
      const { id } = world.expectDescribed(`POST ${WIDGETS}`, made)
      expect(made.body).toMatchObject({ ...widget, description: '', chartConfig: { type: 'PIE' } })
      world.expectDescribed(`GET ${WIDGETS}/{widgetId}`, await ask('GET', `${WIDGETS}/${id}`))
      const sized = await ask('PATCH', `${WIDGETS}/${id}`, { chartConfig: { row_limit: 5 }, description: 'x' })
      expect(world.expectDescribed(`PATCH ${WIDGETS}/{widgetId}`, sized)).toMatchObject({
        description: 'x',
        chartConfig: { type: 'PIE', row_limit: 5 },
      })
      const kept = await ask('PATCH', `${WIDGETS}/${id}`, { name: 'Renamed' })
      expect(kept.body.chartConfig).toEqual({ type: 'PIE', row_limit: 5 })
      const redrawn = await ask('PATCH', `${WIDGETS}/${id}`, { chartType: 'NUMBER' })
      expect(redrawn.body.chartConfig).toEqual({ type: 'NUMBER' })
      await ask('POST', WIDGETS, { ...widget, name: 'Later' })
      await ask('PATCH', `${WIDGETS}/${id}`, { name: 'Last' })
      const listed = await ask('GET', `${WIDGETS}?limit=1`)
      expect(world.expectDescribed(`GET ${WIDGETS}`, listed)).toMatchObject({
        data: [{ id }],
        meta: { totalItems: 2, totalPages: 2 },
      })
      world.expectDescribed(`DELETE ${WIDGETS}/{widgetId}`, await ask('DELETE', `${WIDGETS}/${id}`))
      expect(await ask('GET', `${WIDGETS}/${id}`)).toMatchObject({ status: 404, body: { code: 'resource_not_found' } })
    })

    test.each([
      ['the view of traces', { view: 'traces' }, 'view'],
      ['no metric', { metrics: [] }, 'metrics'],
      ['an unknown aggregation', { metrics: [{ measure: 'count', agg: 'mean' }] }, 'metrics'],
      ['an unknown chart', { chartType: 'DONUT' }, 'chartType'],
      [
        'an unknown operator',
        { filters: [{ type: 'number', column: 'latency', operator: 'any of', value: 1 }] },
        'filters',
      ],
      ['the condition of a position', { filters: [{ type: 'positionInTrace', column: 'x' }] }, 'filters'],
    ])('%s is refused', async (_, fields, path) => {
      const answer = await ask('POST', WIDGETS, { ...widget, ...fields })
      expect(answer).toMatchObject({ status: 400, body: { message: 'Invalid request body', code: 'invalid_body' } })
      expect(answer.body.details.issues[0].path[0]).toBe(path)
    })

    test.each([
      [
        'a configuration of another chart',
        'POST',
        '',
        { ...widget, chartConfig: { type: 'NUMBER' } },
        400,
        'invalid_body',
      ],
      ['a body that is no JSON', 'POST', '', '{', 400, 'invalid_body'],
      ['a page that is none', 'GET', '?page=0', undefined, 400, 'invalid_query'],
      ['too long a page', 'GET', '?limit=101', undefined, 400, 'invalid_query'],
      ['an unknown widget', 'PATCH', '/none', { name: 'x' }, 404, 'resource_not_found'],
      ['deletion of an unknown widget', 'DELETE', '/none', undefined, 404, 'resource_not_found'],
      ['another method', 'PUT', '', {}, 405, 'method_not_allowed'],
    ])('%s is refused', async (...[, method, rest, body, status, code]) => {
      expect(await ask(method, `${WIDGETS}${rest}`, body)).toMatchObject({
        status,
        body: { code, message: expect.any(String) },
      })
    })

    test.each([
      ['', 401, 'authentication_failed'],
      ['Bearer pk-test', 403, 'access_denied'],
    ])('credentials %j are refused', async (as, status, code) => {
      expect(await world.ask('GET', WIDGETS, { as })).toMatchObject({ status, body: { code } })
    })

    test('that are placed stay', async () => {
      const widgetId = await makeWidget()
      const id = await makeDashboard()
      const placement = (await ask('POST', `${DASHBOARDS}/${id}/placements`, { type: 'widget', widgetId })).body
      expect(await ask('DELETE', `${WIDGETS}/${widgetId}`)).toMatchObject({ status: 409, body: { code: 'conflict' } })
      await ask('DELETE', `${DASHBOARDS}/${id}/placements/${placement.id}`)
      expect((await ask('DELETE', `${WIDGETS}/${widgetId}`)).status).toBe(200)
    })
  })

  describe('dashboards', () => {
    test('are made, changed, listed and deleted', async () => {
      const widgetId = await makeWidget()
      const tile = { type: 'widget', id: 'a', widgetId, x: 0, y: 0, width: 3, height: 2 }
      const filters = [{ type: 'null', column: 'userId', operator: 'is null', value: '' }]
      const made = await ask('POST', DASHBOARDS, { name: 'First', definition: { widgets: [tile] }, filters })
      const { id } = world.expectDescribed(`POST ${DASHBOARDS}`, made)
      expect(made.body).toMatchObject({ name: 'First', description: '', definition: { widgets: [tile] }, filters })
      const changed = await ask('PATCH', `${DASHBOARDS}/${id}`, { description: 'text' })
      expect(world.expectDescribed(`PATCH ${ONE}`, changed)).toMatchObject({
        description: 'text',
        definition: { widgets: [tile] },
      })
      world.expectDescribed(`GET ${ONE}`, await ask('GET', `${DASHBOARDS}/${id}`))
      world.expectDescribed(`GET ${DASHBOARDS}`, await ask('GET', DASHBOARDS))
      world.expectDescribed(`DELETE ${ONE}`, await ask('DELETE', `${DASHBOARDS}/${id}`))
      expect((await ask('GET', `${DASHBOARDS}/${id}`)).status).toBe(404)
    })

    test('take placements one by one', async () => {
      const id = await makeDashboard()
      const path = `${DASHBOARDS}/${id}/placements`
      const widgetId = await makeWidget()
      const first = await ask('POST', path, { type: 'widget', widgetId, id: 'a', x: 2, y: 1, width: 4, height: 3 })
      world.expectDescribed(`POST ${ONE}/placements`, first)
      const second = await ask('POST', path, { type: 'preset', presetId: 'p' })
      expect(second.body).toMatchObject({ type: 'preset', presetId: 'p', x: 0, y: 4, width: 6, height: 6 })
      expect(await ask('POST', path, { type: 'widget', widgetId, id: 'a' })).toMatchObject({
        status: 409,
        body: { code: 'conflict' },
      })
      const moved = await ask('PATCH', `${path}/a`, { x: 5 })
      expect(world.expectDescribed(`PATCH ${PLACEMENT}`, moved)).toEqual({ ...first.body, x: 5 })
      world.expectDescribed(`DELETE ${PLACEMENT}`, await ask('DELETE', `${path}/a`))
      expect((await ask('GET', `${DASHBOARDS}/${id}`)).body.definition.widgets).toEqual([second.body])
    })

    test('keep every placement of concurrent requests', async () => {
      const path = `${DASHBOARDS}/${await makeDashboard()}`
      const all = Array.from({ length: 12 }, (_, n) => ({ type: 'preset', presetId: `p${n}`, id: `t${n}` }))
      const answers = await Promise.all(all.map((body) => ask('POST', `${path}/placements`, body)))
      expect(answers.map(({ body }) => body.id).sort()).toEqual(all.map(({ id }) => id).sort())
      const { widgets } = (await ask('GET', path)).body.definition
      expect(new Set(widgets.map(({ y }: { y: number }) => y)).size).toBe(12)
    })

    const tile = { type: 'preset', id: 'a', presetId: 'p', x: 0, y: 0, width: 1, height: 1 }
    test.each([
      ['no name', 'POST', '', {}, 400],
      ['two placements of one id', 'POST', '', { name: 'x', definition: { widgets: [tile, tile] } }, 400],
      ['an unknown key of a placement', 'POST', '', { name: 'x', definition: { widgets: [{ ...tile, z: 1 }] } }, 400],
      [
        'an unknown widget',
        'POST',
        '',
        { name: 'x', definition: { widgets: [{ ...tile, type: 'widget', widgetId: 'none' }] } },
        400,
      ],
      ['nothing to change', 'PATCH', '/none', {}, 400],
      ['an unknown dashboard', 'PATCH', '/none', { name: 'x' }, 404],
      ['a placement on an unknown dashboard', 'POST', '/none/placements', { type: 'preset', presetId: 'p' }, 404],
      ['a move of an unknown placement', 'PATCH', '/none/placements/a', { x: 1 }, 404],
      ['a move to nowhere', 'PATCH', '/none/placements/a', {}, 400],
      ['a move of what can not change', 'PATCH', '/none/placements/a', { x: 1, widgetId: 'b' }, 400],
    ])('%s is refused', async (...[, method, rest, body, status]) => {
      expect(await ask(method, `${DASHBOARDS}${rest}`, body)).toMatchObject({
        status,
        body: { code: expect.any(String) },
      })
    })

    test('a widget that is not there is not found', async () => {
      const path = `${DASHBOARDS}/${await makeDashboard()}/placements`
      const answer = await ask('POST', path, { type: 'widget', widgetId: 'none' })
      expect(answer).toMatchObject({ status: 404, body: { code: 'resource_not_found' } })
    })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogBackends } from '#catalog/test-catalogs.ts'
import { type Answer, basic, openWorld, type World } from '../admin/world.ts'

const V2 = '/api/public/v2/evaluators'
const V2_RULES = '/api/public/v2/evaluation-rules'
const OLD = '/api/public/unstable/evaluators'
const OLD_RULES = '/api/public/unstable/evaluation-rules'
let world: World
let ask: World['askProject']

describe.each(catalogBackends())('on $name', (backend) => {
  beforeAll(async () => {
    world = await openWorld(backend)
    ask = world.askProject
  }, 60_000)
  afterAll(() => world.close())

  const judge = {
    type: 'llm_as_judge',
    name: 'Judge',
    prompt: 'Judge {{input}} against {{ output }}, {{input}}',
    outputDefinition: { dataType: 'NUMERIC', minValue: 0, maxValue: 1, scoreValueInstructions: 'a number' },
  }
  const code = { type: 'code', name: 'Code', sourceCode: 'return 1', sourceCodeLanguage: 'PYTHON' }
  const whole = [
    { variable: 'input', source: 'input' },
    { variable: 'output', source: 'metadata', jsonPath: '$.a["b"][0]' },
  ]
  const ok = ({ status, body }: Answer): Answer['body'] => {
    expect([status, body]).toEqual([200, expect.anything()])
    return body
  }
  const make = async (fields: object = {}) => ok(await ask('POST', V2, { ...judge, ...fields })).id
  const makeRule = async (fields: object) =>
    ok(await ask('POST', V2_RULES, { name: 'R', enabled: false, evaluatorAssignments: [], ...fields }))

  /** All rows of a list by cursor, read `limit` at a time. */
  async function readAll(path: string, limit: number): Promise<Answer['body'][]> {
    const rows: unknown[] = []
    let cursor: string | undefined
    do {
      const body = ok(
        await ask('GET', `${path}?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
      )
      rows.push(...body.data)
      cursor = body.meta.cursor
    } while (cursor)
    return rows
  }

  describe('evaluators', () => {
    test('of an LLM start at version 1 and say that they do not run', async () => {
      const made = ok(await ask('POST', V2, { ...judge, description: 'd', modelConfig: { provider: 'p', model: 'm' } }))
      expect(made).toEqual({
        id: expect.any(String),
        name: 'Judge',
        description: 'd',
        createdBy: null,
        status: 'paused',
        pausedAt: expect.any(String),
        pausedReason: 'EXECUTION_UNAVAILABLE',
        pausedMessage: expect.any(String),
        evaluationRuleAssignments: [],
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        versionId: expect.any(String),
        version: 1,
        versionCreatedAt: expect.any(String),
        versionCreatedBy: null,
        type: 'llm_as_judge',
        prompt: [{ role: 'user', content: judge.prompt }],
        variables: ['input', 'output'],
        variableMapping: null,
        outputDefinition: judge.outputDefinition,
        modelConfig: { provider: 'p', model: 'm' },
      })
      expect(ok(await ask('GET', `${V2}/${made.id}`))).toEqual(made)
      expect(ok(await ask('POST', V2, judge)).id).not.toBe(made.id)
    })

    test('make a version with every definition, and none with a name', async () => {
      const id = await make()
      const renamed = ok(await ask('PATCH', `${V2}/${id}`, { name: 'Renamed', description: 'x' }))
      expect(renamed).toMatchObject({ version: 1, name: 'Renamed', description: 'x' })
      const messages = [{ role: 'system', content: '{{metadata}}' }]
      const second = ok(
        await ask('PATCH', `${V2}/${id}`, { ...judge, name: undefined, prompt: messages, description: null }),
      )
      expect(second).toMatchObject({
        version: 2,
        name: 'Renamed',
        description: null,
        prompt: messages,
        variables: ['metadata'],
      })
      await ask('PATCH', `${V2}/${id}`, judge)
      const versions = await readAll(`${V2}/${id}/versions`, 2)
      expect(versions.map(({ version }) => version)).toEqual([3, 2, 1])
      expect(versions[1]).toEqual({
        id: second.versionId,
        version: 2,
        createdAt: second.versionCreatedAt,
        createdBy: null,
        type: 'llm_as_judge',
        prompt: messages,
        variables: ['metadata'],
        variableMapping: null,
        outputDefinition: judge.outputDefinition,
        modelConfig: null,
      })
      const changed = await ask('PATCH', `${V2}/${id}`, code)
      expect(changed).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
      expect(ok(await ask('DELETE', `${V2}/${id}`))).toEqual({ id })
      for (const path of [`${V2}/${id}`, `${V2}/${id}/versions`])
        expect(await ask('GET', path)).toMatchObject({ status: 404, body: { code: 'resource_not_found' } })
    })

    test('get one version each from concurrent changes', async () => {
      const id = await make()
      await Promise.all(Array.from({ length: 10 }, () => ask('PATCH', `${V2}/${id}`, judge)))
      const versions = await readAll(`${V2}/${id}/versions`, 100)
      expect(versions.map(({ version }) => version)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    })

    test('are listed newest first, each once, whatever the page', async () => {
      await Promise.all(Array.from({ length: 5 }, () => make()))
      const all = await readAll(V2, 100)
      expect((await readAll(V2, 2)).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      const times = all.map(({ createdAt }) => createdAt)
      expect(times).toEqual(times.toSorted().reverse())
    })

    test.each([
      ['no type', { ...judge, type: undefined }, 'invalid_body'],
      ['code without a language', { ...code, sourceCodeLanguage: undefined }, 'invalid_body'],
      [
        'bounds in the wrong order',
        { ...judge, outputDefinition: { dataType: 'NUMERIC', minValue: 2, maxValue: 1 } },
        'invalid_body',
      ],
      [
        'one category',
        {
          ...judge,
          outputDefinition: { dataType: 'CATEGORICAL', categories: ['a'], shouldAllowMultipleMatches: true },
        },
        'invalid_body',
      ],
      ['an unknown variable', { ...judge, variableMapping: [{ variable: 'x', source: 'input' }] }, 'invalid_request'],
      ['a variable mapped twice', { ...judge, variableMapping: [whole[0], whole[0]] }, 'invalid_request'],
      ['a path that is none', { ...judge, variableMapping: [{ ...whole[0], jsonPath: 'a.b' }] }, 'invalid_request'],
    ])('%s is refused', async (...[, body, expected]) => {
      expect(await ask('POST', V2, body)).toMatchObject({ status: 400, body: { code: expected } })
    })

    test.each([
      ['GET', `${V2}?cursor=odd`, undefined, 400, 'invalid_query'],
      ['GET', `${V2}?limit=0`, undefined, 400, 'invalid_query'],
      ['PATCH', `${V2}/none`, {}, 400, 'invalid_body'],
      ['PATCH', `${V2}/none`, { name: 'x' }, 404, 'resource_not_found'],
      ['PATCH', `${V2}/none`, { prompt: 'x' }, 400, 'invalid_body'],
      ['DELETE', `${V2}/none`, undefined, 404, 'resource_not_found'],
      ['PUT', V2, {}, 405, 'method_not_allowed'],
    ])('%s %s %j is refused', async (...[method, path, body, status, expected]) => {
      expect(await ask(method, path, body)).toMatchObject({ status, body: { code: expected } })
    })

    test('belong to their project', async () => {
      const id = await make()
      const { id: other } = (await world.ask('POST', '/api/public/projects', { body: { name: 'other', retention: 0 } }))
        .body
      const as = basic((await world.ask('POST', `/api/public/projects/${other}/apiKeys`, { body: {} })).body)
      expect((await world.ask('GET', V2, { as })).body.data).toEqual([])
      for (const method of ['GET', 'DELETE']) expect((await world.ask(method, `${V2}/${id}`, { as })).status).toBe(404)
      const assigned = { name: 'R', enabled: false, evaluatorAssignments: [{ evaluatorId: id }] }
      expect((await world.ask('POST', V2_RULES, { as, body: assigned })).status).toBe(404)
    })
  })

  describe('evaluation rules', () => {
    const filter = [{ type: 'string', column: 'name', operator: '=', value: 'x' }]

    test('are kept, and seen from their evaluators', async () => {
      const evaluatorId = await make({ variableMapping: whole })
      const inheriting = await makeRule({ enabled: true, filter, evaluatorAssignments: [{ evaluatorId }] })
      expect(inheriting).toEqual({
        id: expect.any(String),
        name: 'R',
        createdBy: null,
        enabled: true,
        sampling: 1,
        filter,
        evaluatorAssignments: [{ evaluatorId, variableMapping: null }],
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      })
      const own = await makeRule({ sampling: 0.25, evaluatorAssignments: [{ evaluatorId, variableMapping: whole }] })
      expect(own).toMatchObject({ sampling: 0.25, evaluatorAssignments: [{ evaluatorId, variableMapping: whole }] })
      const { evaluationRuleAssignments } = ok(await ask('GET', `${V2}/${evaluatorId}`))
      expect(evaluationRuleAssignments).toHaveLength(2)
      expect(evaluationRuleAssignments).toContainEqual({ evaluationRuleId: inheriting.id })
      expect(evaluationRuleAssignments).toContainEqual({ evaluationRuleId: own.id, variableMappingOverride: whole })
      const emptied = ok(await ask('PATCH', `${V2_RULES}/${inheriting.id}`, { evaluatorAssignments: [] }))
      expect(emptied).toMatchObject({ enabled: false, evaluatorAssignments: [], filter })
      await ask('PATCH', `${V2_RULES}/${own.id}`, { enabled: true })
      await ask('DELETE', `${V2}/${evaluatorId}`)
      expect(ok(await ask('GET', `${V2_RULES}/${own.id}`))).toMatchObject({ enabled: false, evaluatorAssignments: [] })
      expect(ok(await ask('DELETE', `${V2_RULES}/${own.id}`))).toEqual({ id: own.id })
      expect((await ask('GET', `${V2_RULES}/${own.id}`)).status).toBe(404)
    })

    test('are listed newest first, each once, whatever the page', async () => {
      await Promise.all(Array.from({ length: 5 }, () => makeRule({})))
      const all = await readAll(V2_RULES, 100)
      expect((await readAll(V2_RULES, 2)).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    })

    test('no more than 500 are enabled', async () => {
      const evaluatorId = await make({ ...code })
      const body = { enabled: true, evaluatorAssignments: [{ evaluatorId }] }
      const made: string[] = []
      for (let n = 0; n < 500; n++) made.push((await makeRule(body)).id)
      const answer = await ask('POST', V2_RULES, { name: 'R', ...body })
      expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } })
      expect((await ask('PATCH', `${V2_RULES}/${made[0]}`, { sampling: 0.5 })).status).toBe(200)
      await ask('DELETE', `${V2}/${evaluatorId}`)
      expect(ok(await ask('GET', `${V2_RULES}/${made[0]}`)).enabled).toBe(false)
    }, 60_000)

    test.each([
      ['enabled without an evaluator', { enabled: true }, 400],
      ['a sampling of 0', { sampling: 0 }, 400],
      ['a sampling of null', { sampling: null }, 400],
      ['an unknown evaluator', { evaluatorAssignments: [{ evaluatorId: 'none' }] }, 404],
      ['an unknown type of condition', { filter: [{ type: 'odd', column: 'x' }] }, 400],
    ])('%s is refused', async (_, fields, status) => {
      const answer = await ask('POST', V2_RULES, { name: 'R', enabled: false, evaluatorAssignments: [], ...fields })
      expect(answer).toMatchObject({ status, body: { code: expect.any(String) } })
    })

    test.each([
      ['an evaluator twice', (id: string) => [{ evaluatorId: id, variableMapping: whole }, { evaluatorId: id }]],
      ['enabled with half a mapping', (id: string) => [{ evaluatorId: id, variableMapping: whole.slice(1) }]],
      ['enabled with nothing to inherit', (id: string) => [{ evaluatorId: id }]],
    ])('%s is refused', async (_, assign) => {
      const body = { name: 'R', enabled: true, evaluatorAssignments: assign(await make()) }
      expect(await ask('POST', V2_RULES, body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    })
  })

  describe('unstable evaluators', () => {
    const nested = {
      dataType: 'CATEGORICAL',
      reasoning: { description: 'why' },
      score: { description: 'what', categories: ['a', 'b'], shouldAllowMultipleMatches: false },
    }
    const old = { name: 'Old', prompt: 'Is {{output}} good?', outputDefinition: nested }

    test('are versioned by name', async () => {
      const first = await ask('POST', OLD, old)
      expect(world.expectDescribed(`POST ${OLD}`, first)).toMatchObject({
        ...old,
        type: 'llm_as_judge',
        version: 1,
        variables: ['output'],
        mapping: null,
        modelConfig: null,
        evaluationRuleCount: 0,
      })
      const second = ok(await ask('POST', OLD, { ...old, type: 'llm_as_judge', prompt: 'x' }))
      expect(second).toMatchObject({ id: first.body.id, version: 2, variables: [] })
      const ofCode = ok(await ask('POST', OLD, { ...code, name: 'Old' }))
      expect(ofCode).toMatchObject({ version: 1, sourceCode: code.sourceCode })
      expect(ofCode.id).not.toBe(second.id)
      world.expectDescribed(`GET ${OLD}/{evaluatorId}`, await ask('GET', `${OLD}/${second.id}`))
      const listed = world.expectDescribed(`GET ${OLD}`, await ask('GET', `${OLD}?limit=2`))
      expect(listed.data.map(({ id }: { id: string }) => id)).toEqual([ofCode.id, second.id])
      expect(ok(await ask('GET', `${V2}/${second.id}`))).toMatchObject({
        outputDefinition: { categories: ['a', 'b'], scoreReasoningInstructions: 'why' },
      })
      world.expectDescribed(`DELETE ${OLD}/{evaluatorId}`, await ask('DELETE', `${OLD}/${ofCode.id}`))
      expect((await ask('GET', `${OLD}/${ofCode.id}`)).status).toBe(404)
    })

    test('say what is wrong with a mapping', async () => {
      const answer = await ask('POST', OLD, { ...old, mapping: [{ variable: 'x', source: 'input' }] })
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'invalid_variable_mapping', details: { variable: 'x', allowedValues: ['output'] } },
      })
    })

    test('get one version each from concurrent requests', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask('POST', OLD, { ...old, name: 'Busy' })))
      expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      )
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    })
  })

  describe('unstable rules', () => {
    const ONE = `${OLD_RULES}/{evaluationRuleId}`
    const rule = {
      name: 'Rule',
      target: 'observation',
      enabled: true,
      evaluator: { name: 'Judged', type: 'llm_as_judge' },
      mapping: whole,
    }

    beforeAll(async () => {
      const outputDefinition = { dataType: 'BOOLEAN', reasoning: { description: '' }, score: { description: '' } }
      ok(await ask('POST', OLD, { name: 'Judged', prompt: judge.prompt, outputDefinition }))
      ok(await ask('POST', OLD, { ...code, name: 'Coded' }))
    })

    test('have a name, a target and evaluators by name', async () => {
      const made = world.expectDescribed(`POST ${OLD_RULES}`, await ask('POST', OLD_RULES, rule))
      const { id, evaluator } = made
      expect(made).toMatchObject({
        name: 'Rule',
        target: 'observation',
        enabled: true,
        sampling: 1,
        filter: [],
        mapping: whole,
      })
      expect(made).toMatchObject({
        status: 'paused',
        pausedReason: 'EXECUTION_UNAVAILABLE',
        evaluators: [{ evaluator, mapping: whole }],
      })
      expect(ok(await ask('GET', `${OLD}/${evaluator.id}`)).evaluationRuleCount).toBe(1)
      expect(await ask('POST', OLD_RULES, rule)).toMatchObject({ status: 409, body: { code: 'name_conflict' } })
      world.expectDescribed(`GET ${OLD_RULES}`, await ask('GET', OLD_RULES))
      world.expectDescribed(`GET ${ONE}`, await ask('GET', `${OLD_RULES}/${id}`))
      const evaluators = [
        { evaluator: { name: 'Coded', type: 'code' } },
        { evaluator: { name: 'Judged' }, mapping: whole },
      ]
      const changed = await ask('PATCH', `${OLD_RULES}/${id}`, { target: 'experiment', enabled: false, evaluators })
      expect(world.expectDescribed(`PATCH ${ONE}`, changed)).toMatchObject({
        target: 'experiment',
        filter: [],
        status: 'inactive',
        evaluators: [{ evaluator: { name: 'Coded' }, mapping: null }, { mapping: whole }],
      })
      const stable = ok(await ask('GET', `${V2_RULES}/${id}`))
      expect(stable.filter).toEqual([
        { type: 'boolean', column: 'isExperimentItemRootSpan', operator: '=', value: true },
      ])
      world.expectDescribed(`DELETE ${ONE}`, await ask('DELETE', `${OLD_RULES}/${id}`))
      expect((await ask('DELETE', `${OLD_RULES}/${id}`)).status).toBe(404)
    })

    test('change the first evaluator or its mapping alone', async () => {
      const { id } = ok(await ask('POST', OLD_RULES, { ...rule, name: 'First' }))
      const mapping = [whole[1], { variable: 'input', source: 'tool_calls' }]
      expect(ok(await ask('PATCH', `${OLD_RULES}/${id}`, { mapping }))).toMatchObject({ mapping })
      expect(ok(await ask('PATCH', `${OLD_RULES}/${id}`, { evaluator: { name: 'Judged' } }))).toMatchObject({ mapping })
      expect(await ask('PATCH', `${OLD_RULES}/${id}`, { evaluator: { name: 'Coded' } })).toMatchObject({ status: 404 })
    })

    test.each([
      ['both forms', { evaluators: [{ evaluator: rule.evaluator }] }, 400, 'invalid_body'],
      ['no evaluator', { evaluator: undefined, mapping: undefined }, 400, 'invalid_body'],
      ['an unknown evaluator', { evaluator: { name: 'None' } }, 404, 'resource_not_found'],
      ['a legacy target', { target: 'trace' }, 400, 'invalid_body'],
      ['a variable left out', { mapping: whole.slice(1) }, 400, 'missing_variable_mapping'],
      ['a variable left out of a disabled rule', { enabled: false, mapping: [] }, 400, 'missing_variable_mapping'],
      ['a variable twice', { mapping: [...whole, whole[0]] }, 400, 'duplicate_variable_mapping'],
      [
        'a source of experiments',
        { mapping: [whole[0], { variable: 'output', source: 'expected_output' }] },
        400,
        'invalid_variable_mapping',
      ],
      ['a path that is none', { mapping: [whole[0], { ...whole[1], jsonPath: '$.a[' }] }, 400, 'invalid_json_path'],
      ['a mapping of code', { evaluator: { name: 'Coded', type: 'code' } }, 400, 'invalid_variable_mapping'],
    ])('%s is refused', async (...[, fields, status, expected]) => {
      const answer = await ask('POST', OLD_RULES, { ...rule, name: 'Refused', ...fields })
      expect(answer).toMatchObject({ status, body: { code: expected, message: expect.any(String) } })
    })
  })
})

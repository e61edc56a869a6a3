import { describe, expect, test } from 'vitest'
import { datasetRunId } from './dataset.ts'
import { projectId } from './ids.ts'
import { mediaReferences } from './media-references.ts'

describe('the id of a run', () => {
  // Computed with Python's hashlib over json.dumps(…, separators=(',', ':'), ensure_ascii=False), as clients do.
  test.each([
    ['plain', 'p', 'd', 'run', 'b416590ab1e5fd89'],
    ['with quotes, slashes and other letters', 'proj-1', 'ds "1"', 'Läuf/日本 \\ 😀', 'f3563d62fbdb2b78'],
  ])('%s', (...[, project, dataset, name, expected]) => {
    expect(datasetRunId(projectId(project), dataset, name)).toBe(expected)
  })
})

const reference = (id: string) => `@@@langfuseMedia:type=image/png|id=${id}|source=base64_data_uri@@@`

describe('references to media', () => {
  test.each<[string, unknown, [string, string][]]>([
    ['no text', undefined, []],
    ['none', { a: 'text', b: [1] }, []],
    ['the value itself', reference('m1'), [['m1', '$']]],
    [
      'in objects and lists',
      { gallery: [reference('m1'), { "it's": reference('m2') }] },
      [
        ['m1', "$['gallery'][0]"],
        ['m2', "$['gallery'][1]['it\\'s']"],
      ],
    ],
    [
      'several in one text',
      `see ${reference('m1')} and ${reference('m2')}.`,
      [
        ['m1', '$'],
        ['m2', '$'],
      ],
    ],
    ['without an id', '@@@langfuseMedia:type=image/png@@@', []],
    ['not closed', '@@@langfuseMedia:type=image/png|id=m1', []],
  ])('%s', (...[, value, expected]) => {
    const found = mediaReferences(JSON.stringify(value))
    expect(found.map(({ mediaId, jsonPath }) => [mediaId, jsonPath])).toEqual(expected)
    for (const { mediaId, text } of found) expect(text).toBe(reference(mediaId))
  })
})

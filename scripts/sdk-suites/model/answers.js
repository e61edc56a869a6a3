/** What the model says: the same for ever. Numbers are counted in words, which is all that usage needs. */

const SENTENCE = 'Paris is the capital of France, and of many a story, song and joke besides.'

export const countWords = (text) => text.split(/\s+/).filter(Boolean).length

/** Answers a question, and is right about one sum. */
export const answerTo = (question) => (question.startsWith('1 + 1') ? '2' : SENTENCE)

/** A value of a JSON schema; its texts are the question, so that what was asked for is in them. */
export function sampleOf(schema, question) {
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleOf(schema.anyOf[0], question)
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {})
      return Object.fromEntries(properties.map(([name, inner]) => [name, sampleOf(inner, question)]))
    }
    case 'array':
      return schema.items ? [sampleOf(schema.items, question)] : []
    case 'number':
    case 'integer':
      return 1
    case 'boolean':
      return true
    default:
      return question
  }
}

/** A call of a tool as its name and the JSON text of its arguments. */
export const callOf = ({ name, parameters }, question) => ({
  name,
  arguments: JSON.stringify(sampleOf(parameters ?? {}, question)),
})

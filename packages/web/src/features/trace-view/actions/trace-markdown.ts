import type { QueryClient } from '@tanstack/react-query'
import { PAYLOAD_CHARS, type PayloadsDto } from '@xtrace/contract'
import { tracePayloadsQuery } from '#api/trace.ts'
import { unquoted } from '#components/conversation/unquoted.ts'
import type { DetailSubject } from '#features/trace-view/detail/subject.ts'
import { nodeQuery } from '#features/trace-view/model/node-query.ts'
import { durationText } from '#features/trace-view/model/row-facts.ts'
import { idOf, type TraceModel, titleOf } from '#features/trace-view/model/trace-model.ts'
import { messagesOf } from '#features/trace-view/transcript/messages-of.ts'
import { countPoints } from '#lib/chat/code-points.ts'
import { cutRepeated } from '#lib/chat/history.ts'
import { messagesMarkdown, presentationMarkdown } from '#lib/chat/markdown-text.ts'
import { present } from '#lib/chat/present.ts'
import { formatCount } from '#lib/format/figures.ts'
import { buildTranscript, type TranscriptEntry } from '#lib/trace/transcript.ts'
import { typeOf } from '#lib/trace/tree.ts'

interface Place {
  readonly client: QueryClient
  readonly project: string
  readonly model: TraceModel
}

/** What was said, as Markdown: of an observation its input and output, of the trace its whole transcript. */
export async function markdownOf(place: Place, { of, id }: DetailSubject): Promise<string> {
  return of === 'observations' ? await observationMarkdown(place, id) : await traceMarkdown(place)
}

async function observationMarkdown({ client, project, model }: Place, id: string): Promise<string> {
  const { observation, payloads } = await client.ensureQueryData(nodeQuery(project, model, id))
  const hints = { observationType: observation.type, model: observation.model ?? undefined }
  const [input, output] = [payloads.input, payloads.output].map(({ text }) => present(unquoted(text), hints))
  const node = model.tree.skeleton.ids.lastIndexOf(id)
  const title = `# ${titleOf(model, node)}`
  const head = [title, ...cutNote(Number(isCut(payloads)))]
  if (input?.kind === 'chat' && output?.kind === 'chat' && output.chat.choices.length === 0) {
    const { messages } = cutRepeated(input.chat.messages, output.chat.messages)
    return [...head, messagesMarkdown([...input.chat.messages, ...messages])].join('\n\n')
  }
  const sides = [
    ['Input', input],
    ['Output', output],
  ] as const
  const sections = sides.flatMap(([label, side]) => {
    const text = side ? presentationMarkdown(side) : ''
    return text === '' ? [] : [`## ${label}`, text]
  })
  return [...head, ...sections].join('\n\n')
}

const isCut = ({ input, output }: PayloadsDto): boolean =>
  [input, output].some(({ text, totalChars }) => countPoints(text) < totalChars)

/** Says that of some observations not all is here. */
const cutNote = (count: number): string[] =>
  count === 0
    ? []
    : [
        `*Of ${count === 1 ? 'one observation' : `${count} observations`} only the first ${formatCount(PAYLOAD_CHARS)} characters are here.*`,
      ]

/** Observations whose payloads are read at the same time. */
const AT_ONCE = 6
/** Above so many only what the trace itself says is read, which the text then tells. */
const MOST_GENERATIONS = 300

async function traceMarkdown(place: Place): Promise<string> {
  const { model } = place
  const { tree, sums, dto } = model
  const title = `# ${dto.trace.name ?? dto.trace.id}`
  const generations = [...tree.order].filter((node) => typeOf(tree, node) === 'GENERATION')
  if (generations.length === 0 || generations.length > MOST_GENERATIONS) {
    const note = `*The trace's own input and output; its ${generations.length} generations are left out.*`
    const text = await payloadsMarkdown(place)
    return [title, ...(generations.length > 0 ? [note] : []), text].filter((part) => part !== '').join('\n\n')
  }
  const agents = new Set([...tree.order].filter((node) => typeOf(tree, node) === 'AGENT'))
  const said = await readEach(place, generations, readSaid)
  const entries = buildTranscript(tree, sums, { said, open: agents })
  const ran = await readEach(place, toolsUntold(entries), readTool)
  const cut = [...said.values(), ...ran.values()].filter((one) => one.isCut).length
  return [title, ...cutNote(cut), ...entries.flatMap((entry) => entryMarkdown({ model, ran }, entry))].join('\n\n')
}

/** Tools of which the conversation does not say what came out. */
function toolsUntold(entries: readonly TranscriptEntry[]): readonly number[] {
  const nodes = entries.flatMap((entry) => (entry.kind === 'tool' && !entry.result ? [entry.node] : []))
  return nodes.length > MOST_GENERATIONS ? [] : nodes
}

const readSaid = (payloads: PayloadsDto) => ({
  input: messagesOf(payloads.input.text, 'user'),
  output: messagesOf(payloads.output.text, 'assistant'),
  isCut: isCut(payloads),
})

const readTool = (payloads: PayloadsDto) => ({
  given: presentationMarkdown(present(unquoted(payloads.input.text))),
  result: presentationMarkdown(present(unquoted(payloads.output.text))),
  isCut: isCut(payloads),
})

async function readEach<Value>(
  { client, project, model }: Place,
  nodes: readonly number[],
  read: (payloads: PayloadsDto) => Value,
): Promise<Map<number, Value>> {
  const values = new Map<number, Value>()
  for (let from = 0; from < nodes.length; from += AT_ONCE)
    await Promise.all(
      nodes.slice(from, from + AT_ONCE).map(async (node) => {
        const { payloads } = await client.ensureQueryData(nodeQuery(project, model, idOf(model, node) ?? ''))
        values.set(node, read(payloads))
      }),
    )
  return values
}

async function payloadsMarkdown({ client, project, model }: Place): Promise<string> {
  const { payloads } = await client.ensureQueryData(tracePayloadsQuery(project, model.dto.trace.id))
  const messages = [...messagesOf(payloads.input.text, 'user'), ...messagesOf(payloads.output.text, 'assistant')]
  return messagesMarkdown(messages)
}

interface Read {
  readonly model: TraceModel
  /** Of tools of which the conversation does not tell. */
  readonly ran: ReadonlyMap<number, ReturnType<typeof readTool>>
}

function entryMarkdown(read: Read, entry: TranscriptEntry): string[] {
  const { model } = read
  const line = () => `\`${titleOf(model, entry.node)}\`, ${durationText(model, entry.node)}`
  switch (entry.kind) {
    case 'message':
      return [messagesMarkdown([entry.message])]
    case 'tool':
      return [`*tool ${line()}*`, ...toolMarkdown(read, entry)]
    case 'rewritten':
      return ['---', '*The history was rewritten.*']
    case 'agent':
      return [`*agent ${line()}: ${entry.steps} steps*`]
    case 'generation':
      return [`*${line()}*`]
  }
}

/** What came out of a tool, and what it was called with where no call says that. */
function toolMarkdown({ ran }: Read, { node, call, result }: Extract<TranscriptEntry, { kind: 'tool' }>): string[] {
  if (result) return [messagesMarkdown([{ role: 'tool', rawRole: 'tool', name: undefined, parts: [result], path: [] }])]
  const read = ran.get(node)
  const pieces = [
    ['called with', call ? '' : (read?.given ?? '')],
    ['result', read?.result ?? ''],
  ] as const
  return pieces.flatMap(([label, text]) => (text === '' ? [] : [`**${label}**`, text]))
}

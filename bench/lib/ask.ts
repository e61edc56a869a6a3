/** Questions put to a server, and what each took. */
import type { Target } from '../targets/target.ts'
import type { Question } from './questions.ts'

/** Milliseconds to the end of the body; text where the server refuses the question. */
export type Answered = number | string

export interface Access extends Pick<Target, 'url' | 'authorization'> {
  /** Of a session, for what the page asks. */
  readonly cookie?: string
}

export async function askOnce({ url, authorization, cookie = '' }: Access, { path }: Question): Promise<Answered> {
  const headers = new Headers(path.startsWith('/api/ui/') ? { cookie } : { authorization })
  const begun = performance.now()
  const answer = await fetch(`${url}${path}`, { headers })
  await answer.arrayBuffer()
  return answer.status === 200 ? performance.now() - begun : `refused with ${answer.status}`
}

const WARM_UP_ASKS = 3

/** Times of so many asks after a few that don't count; the refusal when it is refused. */
export async function askMany(target: Access, question: Question, times: number): Promise<number[] | string> {
  for (let warmUp = 0; warmUp < WARM_UP_ASKS; warmUp++) {
    const answered = await askOnce(target, question)
    if (typeof answered === 'string') return answered
  }
  const all: number[] = []
  while (all.length < times) {
    const answered = await askOnce(target, question)
    if (typeof answered === 'string') return answered
    all.push(answered)
  }
  return all
}

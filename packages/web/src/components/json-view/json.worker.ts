/** Holds a large JSON value and its open rows, away from the page's own thread. */
import { type JsonDocument, openJsonDocument } from './json-document.ts'
import { answerTo, type JsonRequest } from './json-thread.ts'

let pieces: string[] = []
let document: JsonDocument | undefined

addEventListener('message', ({ data }: MessageEvent<JsonRequest>) => {
  if (data.ask.kind === 'piece') pieces.push(data.ask.text)
  else {
    if (data.ask.kind === 'open') {
      document = openJsonDocument(pieces.join(''))
      pieces = []
    }
    postMessage(answerTo(document, data))
  }
})

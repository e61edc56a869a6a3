/**
 * One JSON value as compact text, to be passed through untouched. It stands where a JavaScript value
 * would lose something: integers beyond 2^53, long decimals, the order of integer-like keys.
 */
export class JsonText {
  readonly text: string

  /** The text MUST be valid JSON: printers splice it in without looking. */
  constructor(text: string) {
    this.text = text
  }

  /** What JSON.stringify shows: the value with the losses that `printJson` avoids. */
  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}

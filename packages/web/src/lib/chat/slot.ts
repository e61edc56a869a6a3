/**
 * A place in a payload, and the ledger of what was taken out of it. Readers of provider formats take
 * what they understand; whatever nobody took is the rest, so that nothing is ever lost on the way to
 * the screen.
 */
import { isBlank, isList, isObject, type JsonObject } from './payload.ts'

export type Path = readonly (string | number)[]

/** Something of the payload that is in no message. */
export interface Leftover {
  readonly path: Path
  readonly value: unknown
}

/** By the container that holds them: the places that were taken, each with the other reading of it, if it has one. */
type Ledger = Map<object, Map<string | number, Slot | undefined>>

export class Slot {
  readonly path: Path
  readonly value: unknown
  readonly #owner: object
  readonly #key: string | number
  readonly #ledger: Ledger

  private constructor(at: { owner: object; key: string | number; path: Path; value: unknown }, ledger: Ledger) {
    this.#owner = at.owner
    this.#key = at.key
    this.path = at.path
    this.value = at.value
    this.#ledger = ledger
  }

  /** The whole payload. */
  static of(value: unknown): Slot {
    return new Slot({ owner: { value }, key: 'value', path: [], value }, new Map())
  }

  /** The field of an object; one without value when there is no such field. */
  get(key: string): Slot {
    const value = isObject(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined
    const owner = isObject(this.value) ? this.value : {}
    return new Slot({ owner, key, path: [...this.path, key], value }, this.#ledger)
  }

  /** The first of the fields that is there and not null; else the last one asked for. */
  first(...keys: readonly string[]): Slot {
    const found = keys.find((key) => this.get(key).isThere) ?? keys.at(-1) ?? ''
    return this.get(found)
  }

  /** The elements of a list; none when it is no list. */
  items(): Slot[] {
    const { value } = this
    if (!isList(value)) return []
    return value.map(
      (item, key) => new Slot({ owner: value, key, path: [...this.path, key], value: item }, this.#ledger),
    )
  }

  /** The fields of an object. */
  fields(): Slot[] {
    return this.keys.map((key) => this.get(key))
  }

  /** Another reading of what stands here, such as the value of its JSON text, which stands for it from now on. */
  as(value: unknown): Slot {
    const reading = new Slot({ owner: { value }, key: 'value', path: this.path, value }, this.#ledger)
    this.#note(reading)
    return reading
  }

  get isThere(): boolean {
    return this.value !== undefined && this.value !== null
  }

  get isObject(): boolean {
    return isObject(this.value)
  }

  get isList(): boolean {
    return isList(this.value)
  }

  get keys(): readonly string[] {
    return isObject(this.value) ? Object.keys(this.value) : []
  }

  has(...keys: readonly string[]): boolean {
    return keys.some((key) => this.get(key).isThere)
  }

  /** The value when it is text, without taking it. */
  get peek(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined
  }

  /** Whether the value is one of the words, without taking it. */
  isOneOf(words: ReadonlySet<string>): boolean {
    return typeof this.value === 'string' && words.has(this.value)
  }

  /** Takes the value, whatever it is. */
  take(): unknown {
    this.#note(undefined)
    return this.value
  }

  #note(reading: Slot | undefined): void {
    const taken = this.#ledger.get(this.#owner) ?? new Map()
    taken.set(this.#key, reading)
    this.#ledger.set(this.#owner, taken)
  }

  /** Takes the value when it is text. */
  text(): string | undefined {
    if (typeof this.value !== 'string') return undefined
    this.take()
    return this.value
  }

  /** Takes the value when it is true or false. */
  flag(): boolean | undefined {
    if (typeof this.value !== 'boolean') return undefined
    this.take()
    return this.value
  }

  /** Takes the value when it is that word; whether it was. */
  skip(word: string): boolean {
    if (this.value !== word) return false
    this.take()
    return true
  }

  get isTaken(): boolean {
    return this.#ledger.get(this.#owner)?.has(this.#key) ?? false
  }

  /** All that nobody took, in the largest pieces that are whole; what is blank says nothing and is left out. */
  leftovers(): readonly Leftover[] {
    const rest: Leftover[] = []
    const stack: Slot[] = [this]
    for (let slot = stack.pop(); slot; slot = stack.pop()) {
      const reading = this.#ledger.get(slot.#owner)?.get(slot.#key)
      if (reading) stack.push(reading)
      if (slot.isTaken || isBlank(slot.value)) continue
      if (slot.#isTouched()) stack.push(...[...slot.items(), ...slot.fields()].reverse())
      else rest.push({ path: slot.path, value: slot.value })
    }
    return rest
  }

  /** Whether anything below was taken. */
  #isTouched(): boolean {
    const stack: unknown[] = [this.value]
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      if (!isList(value) && !isObject(value)) continue
      if (this.#ledger.has(value)) return true
      for (const inner of contentOf(value)) if (typeof inner === 'object' && inner !== null) stack.push(inner)
    }
    return false
  }
}

const contentOf = (value: readonly unknown[] | JsonObject): readonly unknown[] =>
  isList(value) ? value : Object.values(value)

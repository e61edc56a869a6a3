type Defined<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key]
} & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
}

/** The object without the fields that are undefined, so that absent and undefined can't be told apart later. */
export function defined<T extends object>(fields: T): Defined<T> {
  const kept: Partial<T> = {}
  // A loop over own and inherited names alike: every ingested record passes here, and plain objects inherit none.
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key]
  return narrowed(kept)
}

// The one cast: TypeScript can't see that leaving the undefined ones out narrows the types.
function narrowed<T>(fields: object): Defined<T> {
  // biome-ignore lint/plugin: see above
  return fields as Defined<T>
}

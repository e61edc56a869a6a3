type Defined<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key]
} & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
}

/** The object without the fields that are undefined, so that absent and undefined can't be told apart later. */
export function defined<T extends object>(fields: T): Defined<T> {
  return narrowed(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))
}

function narrowed<T>(fields: object): Defined<T> {
  // biome-ignore lint/plugin: the one cast; TypeScript can't see that filtering the values narrows their types.
  return fields as Defined<T>
}

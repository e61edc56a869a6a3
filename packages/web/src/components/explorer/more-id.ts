/** Columns that a viewer adds to a table, by the ids under which the server knows them too: `metadata.tier`. */
export const MORE_KINDS = ['metadata', 'score', 'usage'] as const
export type MoreKind = (typeof MORE_KINDS)[number]

export const moreId = (kind: MoreKind, key: string): string => `${kind}.${key}`

/** Its two parts; undefined for the columns that every row has. */
export function partsOfMoreId(id: string): { readonly kind: MoreKind; readonly key: string } | undefined {
  const kind = MORE_KINDS.find((one) => id.startsWith(`${one}.`))
  const key = kind && id.slice(kind.length + 1)
  return kind && key ? { kind, key } : undefined
}

/** The added ones among the columns shown. */
export const moreIdsOf = (shown: readonly string[] = []): readonly string[] =>
  shown.filter((id) => partsOfMoreId(id) !== undefined)

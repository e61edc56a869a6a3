/** JSON as indented text, for small values. */
export function PlainJson({ value }: { readonly value: unknown }) {
  return <pre className="mono overflow-auto p-4">{JSON.stringify(value, null, 2)}</pre>
}

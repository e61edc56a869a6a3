const ADDRESS = new URL('../../../icon.svg', import.meta.url).href

/** The mark of xtrace, beside its name or in its place. */
export function Logo({ size }: { readonly size: number }) {
  return <img src={ADDRESS} alt="" width={size} height={size} className="shrink-0" />
}

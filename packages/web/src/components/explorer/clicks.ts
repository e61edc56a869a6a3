/** The longest that most wait between the two clicks of a double one. */
const SECOND_CLICK_MS = 200

/** Tells a click from the first half of a double one. */
export interface Clicks {
  /** Acts unless another click comes before it could have been meant alone. */
  single(act: () => void): void
  /** Forgets the click before. */
  drop(): void
}

export function createClicks(): Clicks {
  let timer: ReturnType<typeof setTimeout> | undefined
  const drop = () => clearTimeout(timer)
  return {
    single: (act) => {
      drop()
      timer = setTimeout(act, SECOND_CLICK_MS)
    },
    drop,
  }
}

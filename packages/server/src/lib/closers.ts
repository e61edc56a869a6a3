interface Closers {
  add(close: () => Promise<unknown>): void
  /** @throws what the first to fail threw; the others are closed all the same */
  closeAll(): Promise<void>
}

/** What was opened, to be closed in the opposite order. */
export function createClosers(): Closers {
  const closers: (() => Promise<unknown>)[] = []
  return {
    add: (close) => closers.push(close),
    async closeAll() {
      const failures: unknown[] = []
      for (const close of closers.splice(0).reverse()) {
        try {
          await close()
        } catch (failure) {
          failures.push(failure)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}

import { createStore } from '#store/store.ts'

/** What lies over the page: opened by keys, menus and buttons alike. */
export const keysSheetOpen = createStore(false)
export const paletteOpen = createStore(false)
export const timePickerOpen = createStore(false)

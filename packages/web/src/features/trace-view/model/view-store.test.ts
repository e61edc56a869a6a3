import { expect, test } from 'vitest'
import { buildOutline } from '#lib/trace/outline.ts'
import { SAMPLE_SKELETON } from './sample-skeleton.fixture.ts'
import { buildModel } from './trace-model.ts'
import { stepped } from './tree-state.ts'
import { createViewStore } from './view-store.ts'

const opened = () => {
  const model = buildModel(SAMPLE_SKELETON, 30_000)
  const view = createViewStore(model, buildOutline(model.tree), 0)
  view.following.set(true)
  return view
}

test('following selects the newest leaf and goes on', () => {
  const view = opened()
  view.follow(4)
  expect(view.shown.get().tree.selected).toBe(4)
  expect(view.following.get()).toBe(true)
})

test('another version of the trace does not end it', () => {
  const view = opened()
  const model = buildModel({ ...SAMPLE_SKELETON, version: 2 }, 31_000)
  view.update(model, buildOutline(model.tree), 0)
  expect(view.following.get()).toBe(true)
})

test.each<[string, (view: ReturnType<typeof opened>) => void]>([
  ['a key', (view) => view.change((tree) => stepped(tree, 1))],
  ['a link', (view) => view.go(1)],
  ['closing the detail', (view) => view.go(undefined)],
])('%s ends it', (_, step) => {
  const view = opened()
  step(view)
  expect(view.following.get()).toBe(false)
})

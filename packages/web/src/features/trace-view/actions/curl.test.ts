import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'

test('an id can not leave its quotes', () => {
  expect(curlOf('https://traces.example', 'observations', "a'; rm -rf $HOME/b")).toBe(
    'curl --user "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY" ' +
      "'https://traces.example/api/public/observations/a%27%3B%20rm%20-rf%20%24HOME%2Fb'",
  )
})

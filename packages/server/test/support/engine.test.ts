import { expect, test } from 'vitest'
import { sql, u32 } from '#store/sql.ts'
import { openTestEngine } from './engine.ts'

test('opens, answers, closes and opens again', async () => {
  for (let round = 0; round < 2; round++) {
    const { engine, close } = await openTestEngine()
    expect(await engine.query(sql`SELECT ${u32(7)} AS n, count() AS c FROM traces`)).toEqual([{ n: 7, c: '0' }])
    await close()
  }
})

/** `export` and `backup` while a server holds the folder. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runBeside } from './run.fixture.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'xtrace-beside-'))
  await mkdir(join(root, 'log'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const contentOf = (file: string) => readFile(file, 'utf8').catch(() => 'no file')

test.each([
  {
    name: 'writes what the server gives',
    answer: new Response('id\n"a"\n'),
    told: { code: 0, out: '', err: '' },
    content: 'id\n"a"\n',
  },
  {
    name: 'leaves no file when the server refuses',
    answer: Response.json({ message: 'too heavy' }, { status: 422 }),
    told: { code: 1, out: '', err: 'xtrace: The server refused: too heavy\n' },
    content: 'no file',
  },
])('export $name', async ({ answer, told, content }) => {
  const file = join(root, 'traces.csv')
  const outcome = await runBeside(root, answer, ['export', 'traces', '--format=csv', `--output=${file}`])
  expect(outcome).toEqual({ ...told, asked: ['GET /api/public/x/export?of=traces&format=csv'] })
  expect(await contentOf(file)).toBe(content)
})

test('export leaves a file that is there as it is', async () => {
  const file = join(root, 'traces.csv')
  await writeFile(file, 'mine')
  const outcome = await runBeside(root, new Response('theirs'), ['export', 'traces', `--output=${file}`])
  expect(outcome).toMatchObject({ code: 1, err: expect.stringContaining('EEXIST') })
  expect(await contentOf(file)).toBe('mine')
})

test.each([
  {
    name: 'tells of the last line',
    lines: ['{"status":"copying","files":1,"bytes":2}', '{"status":"done","files":3,"bytes":7}'],
    told: { code: 0, out: expect.stringMatching(/^3 files, 7 bytes in \S+; without the keys/), err: '' },
  },
  {
    name: 'tells why it failed',
    lines: ['{"status":"failed","files":1,"bytes":2,"message":"no room"}'],
    told: { code: 1, out: '', err: 'xtrace: no room\n' },
  },
  {
    name: 'is no backup without its last line',
    lines: ['{"status":"copying","files":1,"bytes":2}'],
    told: { code: 1, out: '', err: 'xtrace: The server ended before the backup did\n' },
  },
  {
    name: 'is no backup without any line',
    lines: [],
    told: { code: 1, out: '', err: 'xtrace: The server ended before the backup did\n' },
  },
])('backup $name', async ({ lines, told }) => {
  const target = join(root, 'copy')
  const answer = new Response(lines.map((line) => `${line}\n`).join(''))
  const request = JSON.stringify({ target, withCredentials: false })
  const outcome = await runBeside(root, answer, ['backup', target])
  expect(outcome).toEqual({ ...told, asked: [`POST /api/admin/backups ${request}`] })
})

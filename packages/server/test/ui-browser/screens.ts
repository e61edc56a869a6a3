/** Every screen of the web interface: where it is, what is on it with demo data, and a layer that opens over it. */
import type { Locator, Page } from 'playwright-core'
import type { DemoServer } from './demo-server.ts'

export interface Screen {
  readonly name: string
  readonly path: string
  /** What must be seen. */
  content(page: Page): readonly Locator[]
  /** Opens a menu or a dialog and gives it. */
  open(page: Page): Promise<Locator>
}

const P = '/p/default'
const WEEK = 't=7d'

export async function screensOf(server: DemoServer): Promise<readonly Screen[]> {
  const [traceCount, observationCount] = [await server.total('traces'), await server.total('observations')]
  const [agent, other = agent] = await server.traces('name=research-agent')
  const [chat] = await server.traces('name=support-chat')
  return [
    home(traceCount),
    traces(traceCount),
    observations(observationCount),
    ...views(agent.id),
    ...details(agent.id),
    compare(agent.id, other.id),
    ...groups({ session: chat.sessionId, user: chat.userId }),
    ...metrics(),
    ...settings(server.publicKey),
    welcome(server),
  ]
}

const named = (page: Page, role: 'dialog' | 'menu' | 'listbox', press: string) => async () => {
  await page.keyboard.press(press)
  return page.getByRole(role)
}

const palette = (page: Page) => named(page, 'dialog', 'Control+k')()
const keysSheet = (page: Page) => named(page, 'dialog', '?')()
const timePicker = (page: Page) => named(page, 'dialog', '.')()

const behind = (button: string | RegExp, role: 'dialog' | 'menu') => async (page: Page) => {
  await page
    .getByRole('button', { name: button, exact: typeof button === 'string' })
    .first()
    .click()
  return page.getByRole(role)
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const count = (value: number) => value.toLocaleString('en-US')

const home = (traceCount: number): Screen => ({
  name: 'home',
  path: `${P}?${WEEK}`,
  content: (page) => [
    page.getByRole('link', { name: `Traces ${count(traceCount)}` }),
    page.getByRole('link', { name: /^Cost \$\d/ }),
    page.getByRole('link', { name: /^With errors [\d.]+ %/ }),
    page.getByRole('figure', { name: /^Latency/ }).locator('canvas'),
    page.getByRole('row', { name: /^gpt-4o-mini/ }),
  ],
  open: timePicker,
})

const traces = (total: number): Screen => ({
  name: 'traces',
  path: `${P}/traces?${WEEK}`,
  content: (page) => [
    page.getByRole('status').getByText(`${count(total)} traces`),
    page.getByRole('img', { name: new RegExp(`^${count(total)} traces over time`) }),
    page.getByRole('row', { name: /research-agent/ }).first(),
    page.getByRole('row', { name: /support-chat.*\$0\.\d+/ }).first(),
  ],
  open: behind('Columns', 'dialog'),
})

const observations = (total: number): Screen => ({
  name: 'observations',
  path: `${P}/observations?${WEEK}`,
  content: (page) => [
    page.getByRole('status').getByText(`${count(total)} observations`),
    page.getByRole('row', { name: /generation.*gpt-4o/ }).first(),
    page.getByRole('row', { name: /retriever/ }).first(),
  ],
  open: async (page) => {
    await page.getByRole('combobox', { name: 'Filter observations' }).fill('level:')
    return page.getByRole('listbox')
  },
})

function views(trace: string): Screen[] {
  const view = (v: string, screen: Pick<Screen, 'content' | 'open'>): Screen => ({
    name: `trace: ${v}`,
    path: `${P}/traces/${trace}?v=${v}`,
    content: (page) => [heading(page, 'research-agent'), ...screen.content(page)],
    open: screen.open,
  })
  return [
    view('tree', {
      content: (page) => [
        page.getByText(/\d+ % of [\d.]+ m?s/),
        page.getByRole('treeitem', { name: /^agent, research-agent, .* at 0 ms$/ }),
        page.getByRole('treeitem', { name: /^generation, Plan, .*\$0\.\d+/ }).first(),
        page.getByRole('complementary', { name: 'Detail' }).getByText('question'),
      ],
      open: behind('More', 'menu'),
    }),
    view('transcript', {
      content: (page) => [
        page.getByRole('feed', { name: 'Transcript' }).getByRole('article', { name: 'system' }).first(),
        page.getByRole('button', { name: /^Plan gpt-4o/ }).first(),
      ],
      open: keysSheet,
    }),
    view('graph', {
      content: (page) => [
        page.getByRole('button', { name: /^Plan .*· \$/ }),
        page.getByRole('table', { name: 'Steps of the graph' }).getByRole('row', { name: /^Reflect/ }),
      ],
      open: behind('Account', 'menu'),
    }),
    view('log', {
      content: (page) => [
        page.getByRole('treeitem', { name: /Plan/ }).first(),
        page.getByRole('treeitem', { name: /web-search/ }).first(),
      ],
      open: palette,
    }),
  ]
}

function details(trace: string): Screen[] {
  const detail = (tab: string, content: Screen['content']): Screen => ({
    name: `trace: ${tab}`,
    path: `${P}/traces/${trace}?tab=${tab}`,
    content: (page) => content(page),
    open: async (page) => {
      await behind('More', 'menu')(page)
      await page.getByRole('menuitem', { name: 'Delete trace' }).click()
      return page.getByRole('dialog', { name: 'Delete this trace?' })
    },
  })
  return [
    detail('meta', (page) => [
      page
        .getByRole('tabpanel', { name: 'Metadata' })
        .getByText(/research-agent/)
        .first(),
    ]),
    detail('scores', (page) => [page.getByRole('tab', { name: 'Scores', selected: true })]),
    detail('comments', (page) => [page.getByRole('tabpanel', { name: 'Comments' }).getByRole('textbox')]),
    detail('raw', (page) => [page.getByRole('tabpanel', { name: 'Raw' }).getByText('projectId')]),
  ]
}

const compare = (a: string, b: string): Screen => ({
  name: 'compare',
  path: `${P}/compare?a=${a}&b=${b}`,
  content: (page) => [
    page.getByText('They part first here:'),
    page.getByRole('button', { name: /^Plan/ }).first(),
    page.getByRole('region', { name: 'Outputs' }).getByRole('heading', { name: 'B' }),
  ],
  open: behind('Project default', 'menu'),
})

const groups = ({ session, user }: { readonly session: string; readonly user: string }): Screen[] => [
  {
    name: 'sessions',
    path: `${P}/sessions?${WEEK}`,
    content: (page) => [
      page.getByRole('row', { name: new RegExp(session) }),
      page.getByRole('main').getByText(/^\d+ sessions$/),
    ],
    open: behind('Columns', 'dialog'),
  },
  {
    name: 'session',
    path: `${P}/sessions/${session}?${WEEK}`,
    content: (page) => [
      heading(page, session),
      page
        .getByRole('list', { name: 'Turns' })
        .getByRole('article', { name: /^(?:user|input)$/ })
        .first(),
      page
        .getByRole('list', { name: 'Turns' })
        .getByRole('article', { name: /^(?:assistant|output)$/ })
        .first(),
    ],
    open: behind('Account', 'menu'),
  },
  {
    name: 'users',
    path: `${P}/users?${WEEK}`,
    content: (page) => [
      page.getByRole('row', { name: new RegExp(`^${user} `) }),
      page.getByRole('main').getByText(/^\d+ users$/),
    ],
    open: timePicker,
  },
  {
    name: 'user',
    path: `${P}/users/${user}?${WEEK}`,
    content: (page) => [heading(page, user), page.getByRole('row', { name: new RegExp(session) })],
    open: palette,
  },
  {
    name: 'user: cost',
    path: `${P}/users/${user}?${WEEK}&tab=cost`,
    content: (page) => [page.getByRole('tabpanel', { name: 'Cost by day' }).locator('canvas')],
    open: keysSheet,
  },
]

const metrics = (): Screen[] => [
  {
    name: 'metrics: names',
    path: `${P}/metrics`,
    content: (page) => [page.getByRole('button', { name: 'kv_cache_usage' })],
    open: palette,
  },
  {
    name: 'metrics',
    path: `${P}/metrics?t=24h&s=${encodeURIComponent('avg(gpu_utilization) by node_id')}`,
    content: (page) => [
      page.getByRole('figure', { name: /^Values/ }).locator('canvas'),
      page.getByRole('table', { name: 'Figures of each series' }).getByRole('row', { name: /gpu-a/ }),
    ],
    open: behind('Metric: gpu_utilization', 'dialog'),
  },
]

function settings(publicKey: string): Screen[] {
  const page = (name: string, screen: Pick<Screen, 'content' | 'open'>): Screen => ({
    name: `settings: ${name}`,
    path: `${P}/settings/${name}`,
    ...screen,
  })
  return [
    page('general', {
      content: (view) => [heading(view, 'Project'), view.getByRole('textbox', { name: 'Name' })],
      open: behind('New project', 'dialog'),
    }),
    page('keys', {
      content: (view) => [view.getByRole('row', { name: new RegExp(publicKey) })],
      open: behind('New key', 'dialog'),
    }),
    page('members', {
      content: (view) => [view.getByText('Nobody yet: everyone who signs in does so with the token.')],
      open: behind('Add member', 'dialog'),
    }),
    page('appearance', {
      content: (view) => [view.getByRole('combobox', { name: 'Theme' }), view.getByRole('switch')],
      open: keysSheet,
    }),
    page('system', {
      content: (view) => [
        view.getByText('None: everything that was acknowledged could be stored.'),
        view.getByRole('table', { name: 'Store' }).getByRole('row', { name: /^observations/ }),
      ],
      open: palette,
    }),
  ]
}

const welcome = (server: DemoServer): Screen => ({
  name: 'welcome',
  path: `${P}/welcome`,
  content: (page) => [
    page.getByText(`export LANGFUSE_BASE_URL=${server.url}`),
    page.getByText('from langfuse import get_client, observe'),
    page.getByText('Listening for a trace'),
  ],
  open: behind('Account', 'menu'),
})

/**
 * Which modules come as one script. A screen that is made of many small ones waits for each of them, six at a time:
 * what it needs beyond the screens before it comes as one. A group takes the modules that it names with all that they
 * import, less what groups above it took; entries and pages stay chunks of their own, under the names by which they
 * are asked for.
 */
const modules = (...patterns: readonly string[]): RegExp => new RegExp(`/(?:${patterns.join('|')})\\.(?:tsx?|m?js)$`)

const groups = [
  // What is asked for before anything else is there.
  { name: 'first', test: modules('components/explorer/first-paths', 'api/early', 'search/latest') },
  // What a page needs that knows nobody yet.
  {
    name: 'base',
    test: modules(
      'features/signin/sign-in-form',
      'components/ui/logo',
      'preferences/(?:theme|preferences)',
      'react-dom/client',
    ),
  },
  // The frame of every page of a project.
  {
    name: 'app',
    test: modules(
      'routes/router',
      'api/query-client',
      'shell/(?:rail|top-bar|offline-bar|behind-bar|use-[\\w-]+)',
      'keys/[\\w-]+',
    ),
  },
  {
    name: 'list',
    test: modules(
      'components/explorer/(?:explorer|use-explorer|ref-of)',
      'features/traces/trace-columns',
      'components/chart/use-[\\w-]+',
      'useInfiniteQuery',
      'contract/src/ui/tail',
    ),
  },
  // Pieces of several of the screens below.
  { name: 'icons', test: modules('lucide-react/dist/esm/icons/[\\w-]+'), minShareCount: 2 },
  {
    name: 'parts',
    test: modules(
      'components/ui/(?:dialog|input|select|tabs)',
      'components/observation-type/[\\w-]+',
      'contract/src/(?:query-params|ui/bulk-jobs)',
      'api/models',
      // Of the tree's tools and of JSON: alone it would bring all of that with the tree.
      'lucide-react/dist/esm/icons/route',
    ),
  },
  // The shape of a trace.
  {
    name: 'shape',
    test: modules(
      'lib/trace/(?:read-skeleton|tree|time-scale)',
      'api/(?:observation|payloads|raw|read-ahead|trace|trace-observations)',
    ),
  },
  // What Markdown shares with it.
  { name: 'places', test: modules('components/conversation/media-place', 'components/find/find-ranges') },
  // What reads conversations and JSON.
  {
    name: 'reading',
    test: modules(
      'components/conversation/(?:conversation|presentation-view|unquoted)',
      'components/json-view/json-view',
      'lib/chat/present',
    ),
  },
  // The page of a trace, and the same beside a list.
  { name: 'trace', test: modules('features/trace-view/(?:trace-screen|page-frame|peek-frame)') },
  { name: 'detail', test: modules('features/trace-view/detail/payloads-tab') },
]

export const CHUNKS = groups.map((group, index) => ({ ...group, priority: groups.length - index }))

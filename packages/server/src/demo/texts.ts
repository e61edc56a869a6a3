/** What people ask the programs of the demo, and what there is to say about it. */
export interface Topic {
  readonly question: string
  readonly query: string
  readonly facts: readonly [string, ...string[]]
  readonly answer: string
}

export const TOPICS: readonly [Topic, ...Topic[]] = [
  {
    question: 'Why did the nightly export take three hours instead of one?',
    query: 'nightly export duration regression',
    facts: [
      'The export job moved from parallel to serial upload on the 3rd.',
      'Upload concurrency is read from `EXPORT_WORKERS`, which the new image does not set.',
      'Queue wait was under a minute on every run.',
    ],
    answer:
      'The export itself is as fast as before; the **upload** became serial.\n\n1. `EXPORT_WORKERS` is missing from the new image, so it falls back to 1.\n2. Queue wait did not change.\n\nSet `EXPORT_WORKERS=8` and the run should be back at about an hour.',
  },
  {
    question: 'Which of our customers would be touched by removing the v1 webhook?',
    query: 'webhook v1 subscribers last 30 days',
    facts: [
      '14 accounts still receive v1 webhooks; 11 of them also have v2.',
      'Three accounts have no v2 endpoint: Northwind, Tailspin and Fabrikam.',
      'v1 deliveries fell by 62 % since March.',
    ],
    answer:
      'Three accounts would lose deliveries: **Northwind**, **Tailspin** and **Fabrikam**. The other eleven already have a v2 endpoint.\n\n| account | v1 a day | v2 |\n|---|---|---|\n| Northwind | 1,204 | no |\n| Tailspin | 88 | no |\n| Fabrikam | 12 | no |',
  },
  {
    question: 'Plan a two-day visit to Lisbon with a child of six.',
    query: 'Lisbon with children two days rain',
    facts: [
      'The Oceanarium opens at 10:00 and is indoors.',
      'Tram 28 is crowded after 11:00; line 12 covers the old town with shorter queues.',
      'Belém can be reached by train in seven minutes from Cais do Sodré.',
    ],
    answer:
      'Day 1: Oceanarium in the morning, cable car, an early dinner in Parque das Nações.\nDay 2: tram 12 before 10:00, then the train to Belém for the monastery and custard tarts.',
  },
  {
    question: 'Summarise the differences between the two lease drafts.',
    query: 'lease draft comparison termination clause',
    facts: [
      'Draft B shortens the notice period from six to three months.',
      'Draft B moves repair costs under 500 to the tenant.',
      'Both drafts keep the index clause unchanged.',
    ],
    answer:
      'Draft B is friendlier on leaving and harsher on repairs: notice falls from six to three months, small repairs (under 500) become yours. The index clause is the same.',
  },
  {
    question: 'Is it safe to upgrade the payment service to Node 22?',
    query: 'payment service node 22 compatibility',
    facts: [
      'Two native add-ons have no build for Node 22 yet.',
      'The test suite passes on Node 22 with `--experimental-require-module` off.',
      'TLS defaults changed: SHA-1 signatures are refused.',
    ],
    answer:
      'Not yet. The suite passes, but two native add-ons have no build for Node 22, and one bank endpoint still signs with SHA-1, which the new TLS defaults refuse.',
  },
  {
    question: '東京オフィスの来月の会議室予約をまとめて。',
    query: '会議室 予約 来月 東京',
    facts: ['大会議室は12件、小会議室は31件の予約があります。', '第2週の火曜日が最も混んでいます。'],
    answer: '来月の予約は合計 **43件** です。第2週の火曜日は満室のため、水曜日への変更をお勧めします。',
  },
]

export const MODELS: readonly [string, ...string[]] = [
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-4.1',
  'claude-sonnet-4-5',
  'gemini-2.5-flash',
]

/** About what a tokenizer would count. */
export const tokensIn = (text: string): number => Math.max(1, Math.ceil(text.length / 4))

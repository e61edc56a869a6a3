/** Operations that the newest clients call and the published definition does not have yet; parameters without names. */
export const NEWER = [
  'PUT /api/public/models/{}',
  'GET /api/public/v2/evaluators',
  'POST /api/public/v2/evaluators',
  'GET /api/public/v2/evaluators/{}',
  'PATCH /api/public/v2/evaluators/{}',
  'DELETE /api/public/v2/evaluators/{}',
  'GET /api/public/v2/evaluators/{}/versions',
  'GET /api/public/v2/evaluation-rules',
  'POST /api/public/v2/evaluation-rules',
  'GET /api/public/v2/evaluation-rules/{}',
  'PATCH /api/public/v2/evaluation-rules/{}',
  'DELETE /api/public/v2/evaluation-rules/{}',
  'GET /api/public/unstable/skills',
  'POST /api/public/unstable/skills',
  'GET /api/public/unstable/skills/{}',
  'PATCH /api/public/unstable/skills/{}',
  'PATCH /api/public/unstable/skills/{}/versions/{}',
  'DELETE /api/public/unstable/skills/{}/versions/{}',
  'GET /api/public/unstable/skills/files/content',
]

export const nameless = (operation: string) => operation.replaceAll(/\{[^}]*\}/g, '{}')

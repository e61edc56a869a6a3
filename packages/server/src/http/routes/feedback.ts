import { FeedbackBody, FeedbackDto } from '@xtrace/contract'
import type { FeedbackBox } from '#catalog/feedback.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'

interface FeedbackDeps {
  readonly feedback: FeedbackBox
}

/** Feedback on the product; it is kept here and sent nowhere (public-api contract §21). */
export function feedbackRoutes({ feedback }: FeedbackDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/public/feedback',
      access: 'project',
      errors: 'langfuse',
      doc: {
        operationId: 'feedback_submit',
        tag: 'Feedback',
        summary: 'Say what is good or bad',
        body: FeedbackBody,
        responses: { 201: FeedbackDto },
      },
      handle: async (request) => {
        const body = FeedbackBody.parse(await jsonBody(request))
        const id = await feedback.add(request.caller.projectId, body)
        return { status: 201, body: { id } satisfies FeedbackDto }
      },
    }),
  ]
}

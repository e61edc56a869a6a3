/** The oldest form: a prompt and what completes it. */
import { message, type Shape, textAt } from '#lib/chat/shape.ts'

export const completion: Shape = {
  format: 'completion',
  claims: (root) => root.get('prompt').peek !== undefined && root.get('completion').peek !== undefined,
  read: (root) => ({
    messages: [
      message('user', textAt(root.get('prompt')), root.get('prompt')),
      message('assistant', textAt(root.get('completion')), root.get('completion')),
    ],
  }),
}

/** What the suites take for granted of the server they are run against. */

/** The suites compare links with this very text; the name is resolved alike by them and by the server. */
export const BASE_URL = 'http://localhost:3000'
export const PROJECT_ID = '7a88fb47-b4e2-43b8-a06c-a5ce950dc53a'
export const PUBLIC_KEY = 'pk-lf-1234567890'
export const SECRET_KEY = 'sk-lf-1234567890'

/** The variables that a Langfuse server is set up with for the suites. */
export const SERVER_ENV = {
  LANGFUSE_INIT_ORG_ID: '0c6c96f4-0ca0-4f16-92a8-6dd7d7c6a501',
  LANGFUSE_INIT_ORG_NAME: 'SDK Test Org',
  LANGFUSE_INIT_PROJECT_ID: PROJECT_ID,
  LANGFUSE_INIT_PROJECT_NAME: 'SDK Test Project',
  LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PUBLIC_KEY,
  LANGFUSE_INIT_PROJECT_SECRET_KEY: SECRET_KEY,
}

/** The variables of the suites; `openAiUrl` is where calls of a model go. */
export const suiteEnv = (openAiUrl) => ({
  ...process.env,
  CI: 'true',
  LANGFUSE_BASE_URL: BASE_URL,
  LANGFUSE_PUBLIC_KEY: PUBLIC_KEY,
  LANGFUSE_SECRET_KEY: SECRET_KEY,
  LANGFUSE_E2E_READ_TIMEOUT_SECONDS: '12',
  OPENAI_API_KEY: 'offline',
  OPENAI_BASE_URL: openAiUrl,
})

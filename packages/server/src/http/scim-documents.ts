/** What this server says of its SCIM support (RFC 7643 §5 to §7); the same for every caller. */
import {
  SCIM,
  type ScimResourceTypesDto,
  type ScimSchemasDto,
  type ScimServiceProviderConfigDto,
} from '@xtrace/contract'

const BASE = '/api/public/scim'

export const SCIM_SERVICE_PROVIDER: ScimServiceProviderConfigDto = {
  schemas: [SCIM.serviceProviderConfig],
  documentationUri: '/docs',
  patch: { supported: false },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 100 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: 'httpbasic',
      name: 'HTTP Basic',
      description: 'The public key of an organization as user name, its secret key as password',
      specUri: 'https://www.rfc-editor.org/info/rfc7617',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
}

export const SCIM_RESOURCE_TYPES: ScimResourceTypesDto = {
  schemas: [SCIM.listResponse],
  totalResults: 1,
  Resources: [
    {
      schemas: [SCIM.resourceType],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: 'User Account',
      schema: SCIM.user,
      schemaExtensions: [],
      meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/User` },
    },
  ],
}

const attribute = (name: string, type: string, rest: object = {}) => ({
  ...{ name, type, multiValued: false, required: false, mutability: 'readWrite', returned: 'default' },
  ...rest,
})

export const SCIM_SCHEMAS: ScimSchemasDto = {
  schemas: [SCIM.listResponse],
  totalResults: 1,
  Resources: [
    {
      id: SCIM.user,
      name: 'User',
      description: 'User Account',
      attributes: [
        attribute('userName', 'string', { required: true, uniqueness: 'server', caseExact: false }),
        attribute('name', 'complex', { subAttributes: [attribute('formatted', 'string')] }),
        attribute('emails', 'complex', {
          multiValued: true,
          mutability: 'readOnly',
          subAttributes: [attribute('value', 'string'), attribute('type', 'string'), attribute('primary', 'boolean')],
        }),
        attribute('active', 'boolean'),
        attribute('roles', 'string', {
          multiValued: true,
          canonicalValues: ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'NONE'],
        }),
      ],
      meta: { resourceType: 'Schema', location: `${BASE}/Schemas/${SCIM.user}` },
    },
  ],
}

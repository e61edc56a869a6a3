import { expect, test } from 'vitest'
import type { MediaPart } from '#lib/chat/chat.ts'
import { mediaPlace } from './media-place.ts'

const PROJECT = { id: 'p 1', imageHosts: ['images.example'] }
const REFERENCE = '@@@langfuseMedia:type=audio/wav|id=m1|source=bytes@@@'

const part = (source: MediaPart['source'], over: Partial<MediaPart> = {}): MediaPart => ({
  type: 'image',
  source,
  mime: undefined,
  name: undefined,
  ...over,
})
const url = (address: string) => part({ type: 'url', url: address })

test.each<[string, MediaPart, object]>([
  ['a reference', url(REFERENCE), { url: '/api/ui/projects/p%201/media/m1', kind: 'audio', isOurs: true }],
  ['a reference for its bytes', part({ type: 'base64', data: REFERENCE }), { kind: 'audio', isOurs: true }],
  ['a data address', url('data:image/png;base64,AAAA'), { url: 'data:image/png;base64,AAAA', mime: 'image/png' }],
  ['a data address of a page', url('data:text/html,<script>'), { url: undefined, elsewhere: undefined }],
  ['bytes', part({ type: 'base64', data: '/9j/AAAA' }), { url: 'data:image/jpeg;base64,/9j/AAAA' }],
  [
    'bytes in the alphabet of URLs',
    part({ type: 'base64', data: '_9j_AA-A' }),
    { url: 'data:image/jpeg;base64,/9j/AA+A' },
  ],
  ['bytes of a document', part({ type: 'base64', data: 'JVBERi0x' }), { url: undefined, mime: 'application/pdf' }],
  ['another host', url('https://a.example/x.png'), { url: undefined, elsewhere: new URL('https://a.example/x.png') }],
  ['a listed host', url('https://images.example/x.png'), { url: 'https://images.example/x.png' }],
  ['a listed host without TLS', url('http://images.example/x.png'), { url: undefined }],
  ['a host that ends like a listed one', url('https://evil-images.example/x'), { url: undefined }],
  ['a listed host behind a user', url('https://images.example@evil.example/x'), { url: undefined }],
  ['a script', url('javascript:alert(1)'), { url: undefined, elsewhere: undefined }],
  ['a file of the provider', part({ type: 'id', id: 'file-1' }), { url: undefined }],
])('%s', (_, media, expected) => expect(mediaPlace(media, PROJECT)).toMatchObject(expected))

import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { pagePolicy, policyText } from './content-security-policy.ts'

const permissions = 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()'

/** Sets the same protective headers on every reply. `https` switches on HSTS. */
export async function setSecurityHeaders(app: FastifyInstance, options: { readonly https: boolean }): Promise<void> {
  await app.register(helmet, {
    // Set below: the plugin would put the same text together anew for every reply.
    contentSecurityPolicy: false,
    strictTransportSecurity: options.https,
    // Not `no-referrer`: that turns the Origin of some same-origin requests into `null`.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  })
  const policy = policyText(pagePolicy)
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy)
    reply.header('permissions-policy', permissions)
  })
}

import { defineErrors } from '@parley/base'

/** Why the server cannot listen. */
export const listenErrors = defineErrors({
  port_taken: {
    kind: 'unavailable',
    message: '{host}:{port} is taken by {who}. Stop it, or choose another port with PARLEY_PORT.',
    retry: 'later',
  },
  port_forbidden: {
    kind: 'forbidden',
    message: 'This user may not listen on port {port}. Choose a port above 1023 with PARLEY_PORT.',
    retry: 'never',
  },
  address_unusable: {
    kind: 'invalid',
    message: '{host} is not an address of this machine. Set PARLEY_HOST to 127.0.0.1, 0.0.0.0 or one that is.',
    retry: 'never',
  },
})

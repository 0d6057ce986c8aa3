/** Version of the product, shown by /health, /api/settings and the interface description. */
export const version = '0.1.0'

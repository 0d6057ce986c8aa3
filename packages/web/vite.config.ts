import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Where `vite dev` sends API calls and sockets; the built app is served by the server itself. */
const server = process.env.PARLEY_SERVER ?? 'http://127.0.0.1:18800'

export default defineConfig({
  root: here('.'),
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: {
      // Its original adds <style> elements at run time, which `style-src 'self'` forbids.
      'react-style-singleton': here('./src/ui/style-singleton.ts'),
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/uploads': { target: server, changeOrigin: false },
      '/ws': { target: server, ws: true, changeOrigin: false },
    },
  },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    // For scripts/size.mjs.
    manifest: true,
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    cssTarget: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // Inlined assets would be `data:` scripts and images; files keep the content security policy tight.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'platform', test: /node_modules[\\/](@tanstack|zustand|i18next|react-i18next|idb-keyval)[\\/]/ },
            // All else the first screen needs; the entry itself stays apart, or the build would have none.
            { name: 'app', tags: ['$initial'], test: (id) => !/index\.html|main\.tsx/.test(id) },
            // Icons and small parts several pages share: a few files by who needs them, instead of one each.
            {
              name: 'shared',
              test: /node_modules[\\/](lucide-react|@radix-ui)[\\/]|packages[\\/]web[\\/]src[\\/](ui|app|sync)[\\/]/,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 16_000,
            },
          ],
        },
      },
    },
  },
})

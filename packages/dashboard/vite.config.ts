import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Where `npm run dev` finds the service.
const service = process.env['RALPH_STOCK_URL'] ?? 'http://127.0.0.1:5111'
const forwarded = { target: service, changeOrigin: true }

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // Which files make the first view, for the size check.
    manifest: true,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': forwarded,
      '/docs': forwarded,
      '/metrics': forwarded,
      '/ws': { ...forwarded, ws: true },
    },
  },
})

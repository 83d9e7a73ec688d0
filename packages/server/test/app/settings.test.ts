import { describe, expect, it } from 'vitest'
import { DEFAULT_APP_LIMITS } from '../../src/limits.js'
import { SERVICE_PORTS } from '../../src/service-names.js'
import { readSettings } from '../../src/settings.js'

describe('settings', () => {
  it('are complete without any', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 5111,
      requireKey: false,
      origins: [],
      hosts: [],
      trustProxy: false,
      limits: DEFAULT_APP_LIMITS,
      holdUnderRed: false,
      upstreams: {},
      logLevel: 'info',
      tracesUrl: null,
    })
    expect(readSettings({ HOST: '', PORT: '', RATE_LIMIT: '' })).toEqual(readSettings({}))
  })

  it('know the port of each service', () => {
    for (const [name, port] of Object.entries(SERVICE_PORTS)) {
      expect(readSettings({}, name as keyof typeof SERVICE_PORTS).port).toBe(port)
    }
    expect(readSettings({ PORT: '80' }, 'vcp-scanner').port).toBe(80)
  })

  it('are read from the environment', () => {
    const settings = readSettings({
      HOST: '0.0.0.0',
      REQUIRE_KEY: 'true',
      CORS_ORIGINS: 'https://a.example, https://b.example,',
      ALLOWED_HOSTS: 'stock.example.com',
      TRUST_PROXY: '10.0.0.0/8',
      RATE_LIMIT: '0',
      VCP_SCANNER_URL: 'http://scanner:5112/',
      HOLD_UNDER_RED: 'yes',
      LOG_LEVEL: 'warn',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    })
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      requireKey: true,
      origins: ['https://a.example', 'https://b.example'],
      hosts: ['stock.example.com'],
      trustProxy: '10.0.0.0/8',
      limits: { requestsPerMinute: Number.POSITIVE_INFINITY },
      holdUnderRed: true,
      upstreams: { 'vcp-scanner': 'http://scanner:5112' },
      tracesUrl: 'http://collector:4318',
    })
  })

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['REQUIRE_KEY', 'perhaps'],
    ['VCP_SCANNER_URL', 'scanner:5112'],
    ['VCP_SCANNER_URL', 'file:///etc/passwd'],
    ['BODY_LIMIT_BYTES', '-1'],
    ['LOG_LEVEL', 'loud'],
  ])('refuse %s=%s and name it', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'E_SERVER_SETTINGS',
        message: expect.stringContaining(name),
      }),
    )
  })
})

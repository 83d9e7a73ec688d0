import { QueryClient } from '@tanstack/react-query'
import { problemOf } from '../api/problem.js'

/** Answers of the service, kept while they are looked at and for some minutes after. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the service refused it refuses again; what did not arrive is tried once more.
        retry: (failures, error) => failures < 1 && problemOf(error).status === 0,
        retryDelay: 1000,
        // A browser that believes it is offline still reaches a service on its own machine.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}

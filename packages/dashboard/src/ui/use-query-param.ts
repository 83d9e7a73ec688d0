import { useSearchParams } from 'wouter'

/** A value kept in the page's address, so that it can be shared and gone back to. */
export function useQueryParam<T extends string>(
  name: string,
  fallback: T,
): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams()
  const set = (value: string): void => {
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === fallback) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  }
  return [params.get(name) ?? fallback, set]
}

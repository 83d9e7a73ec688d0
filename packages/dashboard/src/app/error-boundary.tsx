import { Component, type ReactNode } from 'react'
import { Problem } from '../ui/states.js'

type Props = { readonly children: ReactNode }
type State = { readonly error: unknown }

/** A part that breaks says so, and the rest of the page stays. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return <Problem error={error} onRetry={() => this.setState({ error: null })} />
  }
}

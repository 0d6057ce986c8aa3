import { Component, type ReactNode } from 'react'

interface Props {
  children: ReactNode
  /** Shown instead once the children have failed. */
  fallback: ReactNode
  onError?: (error: Error) => void
}

/** Replaces a part that fails (code that did not load, a text that cannot be drawn) by something simpler. */
export class FallbackBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: Error): void {
    this.props.onError?.(error)
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
